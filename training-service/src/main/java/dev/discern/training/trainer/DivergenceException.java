package dev.discern.training.trainer;

/** A value of the model is no longer finite; nothing of it may be published. */
public final class DivergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DivergenceException(int epoch, float learningRate, float lambda) {
        super("training diverged in epoch %d (learningRate %s, lambda %s): lower one of them"
                .formatted(epoch, learningRate, lambda));
    }
}
