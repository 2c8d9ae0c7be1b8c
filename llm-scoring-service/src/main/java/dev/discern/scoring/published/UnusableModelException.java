package dev.discern.scoring.published;

import org.jspecify.annotations.Nullable;

/** A model that is not there or cannot be used; the message says what was expected, what was found and where. */
public final class UnusableModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableModelException(String message) {
        this(message, null);
    }

    UnusableModelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The message, which is always there. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
