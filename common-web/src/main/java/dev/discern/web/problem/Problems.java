package dev.discern.web.problem;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Builds problem details with the members that all our errors have: {@code code}, {@code traceId}, {@code errors}. */
public final class Problems {

    private Problems() {}

    /** A problem; without a code of its own it gets the status' name, such as {@code NOT_FOUND}. */
    public static ProblemDetail of(
            HttpStatusCode status, @Nullable String code, String detail, List<FieldProblem> errors) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        return complete(problem, code, errors);
    }

    /** Adds our members to a problem that a library made. */
    static ProblemDetail complete(ProblemDetail problem, @Nullable String code, List<FieldProblem> errors) {
        problem.setProperty("code", code == null ? codeOf(problem.getStatus()) : code);
        problem.setProperty("errors", errors);
        String traceId = MDC.get(TraceIdFilter.TRACE_ID);
        if (traceId != null) {
            problem.setProperty("traceId", traceId);
        }
        return problem;
    }

    private static String codeOf(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? "HTTP_" + status : known.name().toUpperCase(Locale.ROOT);
    }
}
