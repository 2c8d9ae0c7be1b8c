package dev.discern.scoring.chat;

import java.math.BigDecimal;

/** Follows a run from its own thread, a few times a second. */
public interface Watcher {

    /**
     * So many prompts were done since the run was started or restarted.
     *
     * @param detail for people
     * @param usd what the run has cost in all
     */
    void progress(long prompts, String detail, BigDecimal usd);

    /** Whether the run is to stop: calls in flight are waited for, since they are paid for. */
    boolean stopAsked();
}
