package dev.discern.scoring.llm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** That a call to a {@link BatchApi} failed. */
public final class BatchApiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final @Nullable Duration retryAfter;

    BatchApiException(int status, String message, @Nullable Duration retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    BatchApiException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
        this.retryAfter = null;
    }

    /** Whether the same call may succeed later. */
    public boolean isTransient() {
        return status == 0 || status == 408 || status == 409 || status == 425 || status == 429 || status >= 500;
    }

    /** Whether the provider does not know what it was asked about. */
    public boolean isUnknown() {
        return status == 404;
    }

    /** The pause that the provider asks for. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
