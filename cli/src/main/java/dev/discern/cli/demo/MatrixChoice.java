package dev.discern.cli.demo;

import dev.discern.cli.api.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which models a matrix sets side by side.
 *
 * @param backbones all that there are when null
 * @param regularizers all that there are when null
 * @param shuffleDays whether to shuffle what a user had on one day; what learns from a judge cannot take part then
 */
public record MatrixChoice(
        @Nullable List<Backbone> backbones, @Nullable List<Regularizer> regularizers, int seeds, boolean shuffleDays) {

    /** Whether some of the models learn from a judge. */
    public boolean asksJudge() {
        if (regularizers == null) {
            return !shuffleDays;
        }
        return regularizers.stream().anyMatch(Regularizer::asksJudge);
    }

    /** Whether a backbone is among them. */
    public boolean has(Backbone backbone) {
        return backbones == null || backbones.contains(backbone);
    }

    /** As the training service wants it. */
    public Matrix.Request request(@Nullable Long scoringRun, @Nullable Long rescueRun) {
        return new Matrix.Request(
                backbones == null
                        ? null
                        : backbones.stream().map(Backbone::toString).toList(),
                regularizers == null
                        ? null
                        : regularizers.stream().map(Regularizer::toString).toList(),
                seeds,
                scoringRun,
                rescueRun,
                shuffleDays ? Boolean.TRUE : null);
    }
}
