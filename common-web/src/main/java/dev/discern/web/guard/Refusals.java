package dev.discern.web.guard;

import dev.discern.web.problem.Problems;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Answers what a guard refuses, and counts it. */
final class Refusals {

    private final JsonMapper json;
    private final MeterRegistry meters;

    Refusals(JsonMapper json, MeterRegistry meters) {
        this.json = json;
        this.meters = meters;
    }

    /**
     * Answers with a problem.
     *
     * @param retryAfter seconds; 0 where another try makes no sense
     */
    void refuse(HttpServletResponse response, HttpStatus status, String code, String detail, long retryAfter)
            throws IOException {
        Counter.builder("discern.requests.refused")
                .description("Requests that a guard refused")
                .tag("code", code)
                .register(meters)
                .increment();
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        if (retryAfter > 0) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter));
        }
        json.writeValue(response.getOutputStream(), Problems.of(status, code, detail, List.of()));
    }
}
