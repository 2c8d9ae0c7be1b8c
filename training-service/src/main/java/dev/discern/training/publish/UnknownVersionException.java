package dev.discern.training.publish;

/** No model of this version is registered. */
public final class UnknownVersionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownVersionException(String version) {
        super("no model version is named " + version);
    }
}
