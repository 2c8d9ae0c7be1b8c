package dev.discern.web.problem;

import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** A body turned out to be one that is not taken, while it was read. */
public final class RefusedBodyException extends IOException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;

    private RefusedBodyException(HttpStatus status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /**
     * It got longer than it may be.
     *
     * @param limit in bytes
     */
    public static RefusedBodyException tooLarge(long limit) {
        return new RefusedBodyException(
                HttpStatus.CONTENT_TOO_LARGE,
                "BODY_TOO_LARGE",
                "a request may have a body of %d bytes at most".formatted(limit));
    }

    /** It was not there in time. */
    public static RefusedBodyException tooSlow(Duration limit) {
        return new RefusedBodyException(
                HttpStatus.REQUEST_TIMEOUT,
                "BODY_TOO_SLOW",
                "the body of a request must be there within %d ms".formatted(limit.toMillis()));
    }

    /** What the caller is answered. */
    public HttpStatus status() {
        return status;
    }

    /** The code of the problem. */
    public String code() {
        return code;
    }

    /** What to tell the caller. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
