package dev.discern.serving.event;

/** One event of a call says nothing that can be kept. */
final class InvalidEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String code;

    InvalidEventException(String field, String code, String message) {
        super(message);
        this.field = field;
        this.code = code;
    }

    String field() {
        return field;
    }

    String code() {
        return code;
    }
}
