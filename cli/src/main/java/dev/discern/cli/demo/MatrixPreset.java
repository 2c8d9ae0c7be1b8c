package dev.discern.cli.demo;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A matrix by name. */
public enum MatrixPreset {
    /** Everything, with three seeds. */
    DEFAULT,
    /** What tells most in the shortest time. */
    QUICK;

    private MatrixChoice choice() {
        return switch (this) {
            case DEFAULT -> new MatrixChoice(null, null, 3, false);
            case QUICK ->
                new MatrixChoice(
                        List.of(Backbone.HISTORY, Backbone.BPR_MF),
                        List.of(Regularizer.OFF, Regularizer.GATED, Regularizer.JUDGE_FREE),
                        1,
                        false);
        };
    }

    /** What it trains; what is not null is taken instead of its own. Of its own what asks a judge goes where days are shuffled. */
    public MatrixChoice choice(
            @Nullable List<Backbone> backbones,
            @Nullable List<Regularizer> regularizers,
            @Nullable Integer seeds,
            boolean shuffleDays) {
        MatrixChoice own = choice();
        return new MatrixChoice(
                backbones == null ? own.backbones() : backbones,
                regularizers == null ? without(own.regularizers(), shuffleDays) : regularizers,
                seeds == null ? own.seeds() : seeds,
                shuffleDays);
    }

    private static @Nullable List<Regularizer> without(@Nullable List<Regularizer> own, boolean judges) {
        return own == null || !judges
                ? own
                : own.stream().filter(regularizer -> !regularizer.asksJudge()).toList();
    }

    /** Its name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
