package dev.discern.training.trainer;

/** Training was asked to stop and did so after an epoch; it can go on from the checkpoint. */
public final class TrainingStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TrainingStoppedException(int epoch) {
        super("training was stopped after epoch %d and can be restarted".formatted(epoch));
    }
}
