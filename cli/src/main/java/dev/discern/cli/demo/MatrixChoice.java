package dev.discern.cli.demo;

import dev.discern.cli.api.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which models a matrix sets side by side.
 *
 * @param backbones all that there are when null
 * @param regularizers all that there are when null
 */
public record MatrixChoice(
        @Nullable List<Backbone> backbones, @Nullable List<Regularizer> regularizers, int seeds) {

    /** Whether some of the models learn from a judge. */
    public boolean asksJudge() {
        return regularizers == null || regularizers.stream().anyMatch(Regularizer::asksJudge);
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
                rescueRun);
    }
}
