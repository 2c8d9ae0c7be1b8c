package dev.discern.web.problem;

import java.io.IOException;

/** A body got longer than it may be while it was read. */
public final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Of a limit.
     *
     * @param limit in bytes
     */
    public BodyTooLargeException(long limit) {
        super(detail(limit));
    }

    /** What to tell the caller. */
    public static String detail(long limit) {
        return "a request may have a body of %d bytes at most".formatted(limit);
    }
}
