package dev.discern.cli.terminal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Shows how far a piece of work is. */
public interface ProgressView extends AutoCloseable {

    /**
     * What is known now.
     *
     * @param total 0 when unknown
     * @param eta time to the end of the step, null when unknown
     */
    record Reading(
            String step,
            long done,
            long total,
            String unit,
            @Nullable Duration eta,
            @Nullable String detail) {}

    /** Shows a reading; calling it often is fine. */
    void show(Reading reading);

    @Override
    void close();
}
