package dev.discern.web.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.web.WebApplication;
import dev.discern.web.WebServiceTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** One caller, or many at once, are refused in time and by the rules that they are told. */
@TestPropertySource(
        properties = {
            "discern.security.api-key=quick",
            // of "other"
            "discern.security.keys[0].sha256=d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa",
            "discern.security.keys[0].scopes=recs:read",
            "discern.guard.requests-per-second=5",
            "discern.guard.burst=20",
            "discern.guard.concurrent-requests=3",
            "discern.guard.max-body=1KB",
            "discern.guard.body-timeout=300ms"
        })
class GuardIntegrationTests extends WebServiceTest {

    private static final String PAGE = "/v1/page?limit=1";

    @Test
    void aKeyThatAsksTooOftenWaitsAndOthersDoNot() throws Exception {
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            answers.add(send("GET", PAGE, "", "X-API-Key", "other"));
        }

        List<HttpResponse<String>> refused =
                answers.stream().filter(answer -> answer.statusCode() != 200).toList();
        assertThat(answers.subList(0, 20)).allMatch(answer -> answer.statusCode() == 200);
        assertThat(refused).isNotEmpty();
        assertThat(problem(refused.getFirst(), 429, "RATE_LIMITED")
                        .at("/detail")
                        .asString())
                .isEqualTo("this API key may send 5 requests a second, and 20 at once");
        assertThat(refused.getFirst().headers().firstValue("Retry-After")).contains("1");
        assertThat(send("GET", PAGE, "", "X-API-Key", "quick").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/actuator/health", "").statusCode()).isEqualTo(200);
        Thread.sleep(1_100);
        assertThat(send("GET", PAGE, "", "X-API-Key", "other").statusCode())
                .as("the bucket fills up again")
                .isEqualTo(200);
    }

    @Test
    void whoHasNoKeyIsRefusedForThat() throws Exception {
        for (int n = 0; n < 40; n++) {
            problem(send("GET", PAGE, ""), 401, "UNAUTHORIZED");
        }
    }

    @Test
    void whatComesOnTopOfWhatCanBeDoneIsRefusedAtOnce() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> slow = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            slow.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return send("GET", "/v1/slow", "", "X-API-Key", "quick");
                } catch (IOException | InterruptedException e) {
                    throw new CompletionException(e);
                }
            }));
        }
        WebApplication.SLOW_BEGUN.acquire(3);
        try {
            HttpResponse<String> refused = send("GET", PAGE, "", "X-API-Key", "quick");
            problem(refused, 503, "OVERLOADED");
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(send("GET", "/actuator/health", "").statusCode())
                    .as("health is always told")
                    .isEqualTo(200);
        } finally {
            WebApplication.SLOW_MAY_END.release(3);
        }
        for (CompletableFuture<HttpResponse<String>> answer : slow) {
            assertThat(answer.get().body()).isEqualTo("done");
        }
        assertThat(send("GET", PAGE, "", "X-API-Key", "quick").statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedByItsLength() throws Exception {
        String fits = "{\"amount\": 1, \"name\": \"%s\"}".formatted("x".repeat(900));
        String tooLarge = "{\"amount\": 1, \"name\": \"%s\"}".formatted("x".repeat(2_000));

        assertThat(post(fits).statusCode()).isEqualTo(200);
        assertThat(problem(post(tooLarge), 413, "BODY_TOO_LARGE").at("/detail").asString())
                .isEqualTo("a request may have a body of 1024 bytes at most");
    }

    @Test
    void aBodyOfUnknownLengthIsRefusedWhereItGetsTooLarge() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/orders"))
                    .header("X-API-Key", "quick")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofInputStream(GuardIntegrationTests::endless))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

            problem(answer, 413, "BODY_TOO_LARGE");
        }
    }

    @Test
    void aBodyThatComesDropByDropIsRefused() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/orders"))
                    .header("X-API-Key", "quick")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.fromPublisher(
                            HttpRequest.BodyPublishers.ofInputStream(GuardIntegrationTests::dripping)))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(problem(answer, 408, "BODY_TOO_SLOW").at("/detail").asString())
                    .isEqualTo("the body of a request must be there within 300 ms");
        }
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send("POST", "/v1/orders", body, "X-API-Key", "quick", "Content-Type", "application/json");
    }

    /** A drop each tenth of a second, for six seconds. */
    private static InputStream dripping() {
        return new InputStream() {

            private int drops = 60;

            @Override
            public int read() {
                if (drops-- == 0) {
                    return -1;
                }
                try {
                    Thread.sleep(100);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return -1;
                }
                return ' ';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                int value = read();
                if (value < 0) {
                    return -1;
                }
                buffer[offset] = (byte) value;
                return 1;
            }
        };
    }

    /** A hundred thousand characters of a name that does not end. */
    private static InputStream endless() {
        InputStream begin = new ByteArrayInputStream("{\"amount\": 1, \"name\": \"".getBytes(UTF_8));
        return new SequenceInputStream(
                begin, new ByteArrayInputStream("x".repeat(100_000).getBytes(UTF_8)));
    }
}
