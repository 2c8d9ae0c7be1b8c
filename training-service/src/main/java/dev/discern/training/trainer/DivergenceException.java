package dev.discern.training.trainer;

/** A value of the model is no longer finite; nothing of it may be published. */
public final class DivergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Of an epoch.
     *
     * @param table where the value is
     * @param at its place in the table
     * @param length how many values the table has
     */
    DivergenceException(int epoch, Fitting.Table table, int at, int length, TrainingParameters parameters) {
        super(
                "training diverged in epoch %d: the %s are no longer finite%s (learningRate %s, lambda %s); lower one of them"
                        .formatted(
                                epoch,
                                table.name(),
                                table.rows() == 1
                                        ? ""
                                        : ", first in row %d of %d"
                                                .formatted(at / (length / table.rows()), table.rows()),
                                parameters.learningRate(),
                                parameters.lambda()));
    }
}
