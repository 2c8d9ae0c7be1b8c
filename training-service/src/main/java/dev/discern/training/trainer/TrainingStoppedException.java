package dev.discern.training.trainer;

/** Training was asked to stop and did so after an epoch or within one; it can go on from the checkpoint. */
public final class TrainingStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private TrainingStoppedException(String where) {
        super("training was stopped %s and can be restarted".formatted(where));
    }

    static TrainingStoppedException after(int epoch) {
        return new TrainingStoppedException("after epoch " + epoch);
    }

    static TrainingStoppedException within(int epoch) {
        return new TrainingStoppedException("in epoch " + epoch);
    }
}
