package dev.discern.scoring.chat;

/** Follows a run from its own thread, a few times a second. */
public interface Watcher {

    /** So many prompts were done since the run was started or restarted; the detail tells what was paid in all. */
    void progress(long prompts, String detail);

    /** Whether the run is to stop: calls in flight are waited for, since they are paid for. */
    boolean stopAsked();
}
