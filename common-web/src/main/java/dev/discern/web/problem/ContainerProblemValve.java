package dev.discern.web.problem;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** What Tomcat refuses before any filter or error page, such as a path with a broken escape, as a problem detail too. */
public final class ContainerProblemValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerProblemValve.class);

    private final JsonMapper json;

    /** Writes with this mapper. */
    public ContainerProblemValve(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String traceId = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        ProblemDetail problem = Problems.of(
                status, null, status.getReasonPhrase() + ": the container could not read the request.", List.of());
        problem.setProperty("traceId", traceId);
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getReporter().write(json.writeValueAsString(problem));
            response.finishResponse();
        } catch (IOException e) {
            LOG.debug("{}: the client did not wait for its answer {}", traceId, status, e);
        }
    }
}
