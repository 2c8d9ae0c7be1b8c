package dev.discern.cli.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Progress where nothing may be drawn over: a line when a step begins and one every ten seconds. */
final class LineProgress implements ProgressView {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final String task;
    private final Terminal terminal;
    private @Nullable String step;
    private long lastLine;

    LineProgress(String task, Terminal terminal) {
        this.task = task;
        this.terminal = terminal;
    }

    @Override
    public void show(Reading reading) {
        boolean newStep = !Objects.equals(step, reading.step());
        if (!newStep && System.nanoTime() - lastLine < INTERVAL.toNanos()) {
            return;
        }
        step = reading.step();
        lastLine = System.nanoTime();
        terminal.note(line(reading));
    }

    private String line(Reading reading) {
        StringBuilder line = new StringBuilder("  ").append(task).append(": ").append(reading.step());
        if (reading.total() > 0) {
            line.append(String.format(
                    Locale.ROOT,
                    " %,d of %,d%s (%d %%)",
                    reading.done(),
                    reading.total(),
                    reading.unit().isEmpty() ? "" : " " + reading.unit(),
                    100 * reading.done() / reading.total()));
        }
        if (reading.eta() != null) {
            line.append(", ").append(reading.eta().toSeconds()).append(" s left");
        }
        if (reading.detail() != null && !reading.detail().isEmpty()) {
            line.append(", ").append(reading.detail());
        }
        return line.toString();
    }

    @Override
    public void close() {
        // Every line is complete when it is written.
    }
}
