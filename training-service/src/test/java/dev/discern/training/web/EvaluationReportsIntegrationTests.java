package dev.discern.training.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.training.testing.TrainingServiceTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A report in the form that is asked for. */
class EvaluationReportsIntegrationTests extends TrainingServiceTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void aMatrixIsJsonAPageOrMarkdown() throws Exception {
        long job = client().start(
                        "/v1/admin/evaluation-jobs",
                        "{\"matrix\":{\"backbones\":[\"bpr-mf\"],\"regularizers\":[\"off\"],\"seeds\":1}}");
        JsonNode report = client().completed(job);

        assertThat(client().get("/v1/admin/reports/evaluation?job=" + job).body())
                .isEqualTo(report);
        HttpResponse<String> page = get(job, "text/html");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; style-src 'unsafe-inline'");
        assertThat(page.body()).startsWith("<!doctype html>").contains("<td>bpr-mf off</td>");
        HttpResponse<String> markdown = get(job, "text/markdown");
        assertThat(markdown.headers().firstValue("Content-Type")).hasValue("text/markdown;charset=UTF-8");
        assertThat(markdown.body()).startsWith("# Models side by side").contains("\n| bpr-mf off | ");
    }

    @Test
    void whatIsNoMatrixHasNoPage() throws Exception {
        String version = client().completed(
                        client().start(
                                        "/v1/admin/training-jobs",
                                        "{\"backbone\":\"bpr-mf\",\"seed\":61,\"parameters\":{\"dim\":8,\"maxEpochs\":2,\"patience\":2}}"))
                .at("/version")
                .asString();
        long job = client().start("/v1/admin/evaluation-jobs", "{\"models\":[\"%s\"]}".formatted(version));
        client().completed(job);

        assertThat(get(job, "text/html").statusCode()).isEqualTo(406);
        assertThat(get(job, "text/html").body()).contains("NO_PAGE", "a page is made of a matrix");
        assertThat(get(job + 1_000_000, "text/html").statusCode()).isEqualTo(404);
        assertThat(get(job, "image/png").statusCode()).isEqualTo(406);
    }

    private HttpResponse<String> get(long job, String accept) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:%d/v1/admin/reports/evaluation?job=%d".formatted(port, job)))
                        .header("X-API-Key", ADMIN_KEY)
                        .header("Accept", accept)
                        .build(),
                BodyHandlers.ofString());
    }
}
