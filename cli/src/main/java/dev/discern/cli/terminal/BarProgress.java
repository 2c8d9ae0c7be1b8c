package dev.discern.cli.terminal;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar with the time left, one for each step of the work. */
final class BarProgress implements ProgressView {

    private final String task;
    private @Nullable ProgressBar bar;
    private @Nullable String step;
    private volatile @Nullable Duration eta;

    BarProgress(String task) {
        this.task = task;
    }

    @Override
    public void show(Reading reading) {
        ProgressBar current = bar;
        if (current == null || !Objects.equals(step, reading.step())) {
            close();
            current = open(reading);
            bar = current;
            step = reading.step();
        }
        eta = reading.eta();
        current.maxHint(reading.total() > 0 ? reading.total() : -1);
        current.stepTo(reading.done());
        current.setExtraMessage(reading.detail() == null ? "" : reading.detail());
    }

    private ProgressBar open(Reading reading) {
        return new ProgressBarBuilder()
                .setTaskName(task + " · " + reading.step())
                .setInitialMax(Math.max(reading.total(), -1))
                .setUnit(reading.unit().isEmpty() ? "" : " " + reading.unit(), 1)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(200)
                .setEtaFunction(state -> Optional.ofNullable(eta))
                .build();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
