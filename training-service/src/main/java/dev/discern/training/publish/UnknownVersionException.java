package dev.discern.training.publish;

/** No model of this version is registered, or it is not there any more. */
public final class UnknownVersionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownVersionException(String version) {
        super("no model version is named " + version);
    }

    UnknownVersionException(ModelVersion retired) {
        super("version %s was retired at %s and its folder deleted; train it again"
                .formatted(retired.version(), retired.retiredAt()));
    }
}
