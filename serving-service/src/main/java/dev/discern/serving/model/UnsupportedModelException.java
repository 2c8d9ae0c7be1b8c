package dev.discern.serving.model;

/** A sound model that this service does not know how to ask. */
final class UnsupportedModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsupportedModelException(String message) {
        super(message);
    }
}
