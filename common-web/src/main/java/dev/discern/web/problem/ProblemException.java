package dev.discern.web.problem;

import java.util.List;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;

/** An answer that is an error the caller can do something about. */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;
    private final transient List<FieldProblem> errors;
    private final int retryAfterSeconds;

    /**
     * A problem.
     *
     * @param code for programs, such as {@code NO_MODEL}
     * @param detail for people: what was expected, what came, what to do
     */
    public ProblemException(HttpStatus status, String code, String detail) {
        this(status, code, detail, List.of(), 0);
    }

    private ProblemException(
            HttpStatus status, String code, String detail, List<FieldProblem> errors, int retryAfterSeconds) {
        super(detail);
        this.status = status;
        this.code = code;
        this.errors = List.copyOf(errors);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** A 400 about one parameter or field. */
    public static ProblemException invalid(String pointer, String code, String message) {
        String detail = pointer.isEmpty() ? message : pointer + ": " + message;
        return new ProblemException(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", detail)
                .with(new FieldProblem(pointer, code, message));
    }

    /** A 400 about JSON that is not what was expected, with the place and in the caller's words. */
    public static ProblemException unreadable(JacksonException e) {
        FieldProblem error = BrokenJson.problem(e);
        return invalid(error.pointer(), error.code(), error.message());
    }

    /** The same problem with these details. */
    public ProblemException with(FieldProblem... details) {
        return new ProblemException(status, code, message(), List.of(details), retryAfterSeconds);
    }

    /** The same problem, telling the caller when to try again. */
    public ProblemException retryAfter(int seconds) {
        return new ProblemException(status, code, message(), errors, seconds);
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public List<FieldProblem> errors() {
        return errors;
    }

    /** Seconds until a retry makes sense; 0 when the answer does not say. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    private String message() {
        return getMessage() == null ? code : getMessage();
    }
}
