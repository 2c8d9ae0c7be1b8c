package dev.discern.scoring.chat;

import dev.discern.scoring.budget.CallLedger;

/** Follows a run from its own thread, a few times a second. */
public interface Watcher {

    /** So many prompts were done since the run was started or restarted; so much was paid in all. */
    void progress(long prompts, CallLedger.Totals totals);

    /** Whether the run is to stop: calls in flight are waited for, since they are paid for. */
    boolean stopAsked();
}
