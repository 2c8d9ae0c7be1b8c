package dev.discern.scoring.catalog.file;

/** A row cannot be used. Carries no stack trace: there may be many, and each is only counted and written down. */
final class BadRowException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String column;
    private final String value;

    BadRowException(String column, String reason, String value) {
        super(reason, null, false, false);
        this.column = column;
        this.value = value;
    }

    Reject at(long line) {
        return new Reject(line, column, String.valueOf(getMessage()), value);
    }
}
