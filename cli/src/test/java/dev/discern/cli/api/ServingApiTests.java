package dev.discern.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.cli.terminal.CliException;
import dev.discern.cli.testing.FakeService;
import dev.discern.client.model.RecommendationsAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The generated client speaks as {@link ServiceClient} does, also of what goes wrong. */
class ServingApiTests {

    private static final String SIMILAR = "/v1/items/a%2Fb%20c%25/similar?k=2&by=blend";

    private final FakeService service = FakeService.start();
    private final ServingApi serving =
            new ServingApi(new ServiceClient(Endpoint.local(ServiceName.SERVING, service.port()), "secret"));

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void answersAreReadAndOddIdsAndTheKeySent() {
        service.on("GET " + SIMILAR, 200, """
                {"modelVersion":"v1","strategy":"SOMETHING_NEW","unheardOf":1,"items":[{"itemId":"7","rank":1,"score":0.5}]}""");

        RecommendationsAnswer answer = serving.similar("a/b c%", 2, "blend", List.of());

        assertThat(answer.getItems()).singleElement().satisfies(item -> {
            assertThat(item.getItemId()).isEqualTo("7");
            assertThat(item.getScore()).isEqualTo(0.5);
        });
        assertThat(service.requests()).singleElement().satisfies(request -> {
            assertThat(request.target()).isEqualTo(SIMILAR);
            assertThat(request.apiKey()).isEqualTo("secret");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {\"detail\":\"model v1 has no item\",\"traceId\":\"4bf9\"} | answered 404: model v1 has no item (trace 4bf9)",
                "401 | {\"detail\":\"a key is needed\"} | answered 401: a key is needed; set DISCERN_API_KEY",
                "502 | <html>bad gateway</html> | answered 502: <html>bad gateway</html>",
                "200 | {\"items\": | answered something that is no answer",
                "200 | [1] | answered something that is no answer",
            })
    void whateverIsAnsweredIsExplainedWithItsAddress(int status, String body, String message) {
        service.on("GET " + SIMILAR, status, body);

        assertThatThrownBy(() -> serving.similar("a/b c%", 2, "blend", List.of()))
                .isInstanceOf(CliException.class)
                .hasMessageContaining(service.url() + SIMILAR)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @Test
    void whereNothingListensThatIsSaid() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ServingApi absent = new ServingApi(new ServiceClient(Endpoint.local(ServiceName.SERVING, port), null));

        assertThatThrownBy(() -> absent.recommend("u", 1, false))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("nothing answers at http://127.0.0.1:%d (serving service)".formatted(port));
    }
}
