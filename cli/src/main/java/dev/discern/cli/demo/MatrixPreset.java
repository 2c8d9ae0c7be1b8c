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
            case DEFAULT -> new MatrixChoice(null, null, 3);
            case QUICK ->
                new MatrixChoice(
                        List.of(Backbone.HISTORY, Backbone.BPR_MF),
                        List.of(Regularizer.OFF, Regularizer.GATED, Regularizer.JUDGE_FREE),
                        1);
        };
    }

    /** What it trains; what is not null is taken instead of its own. */
    public MatrixChoice choice(
            @Nullable List<Backbone> backbones, @Nullable List<Regularizer> regularizers, @Nullable Integer seeds) {
        MatrixChoice own = choice();
        return new MatrixChoice(
                backbones == null ? own.backbones() : backbones,
                regularizers == null ? own.regularizers() : regularizers,
                seeds == null ? own.seeds() : seeds);
    }

    /** Its name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
