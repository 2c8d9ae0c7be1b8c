package dev.discern.cli.api;

import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON over HTTP to one service. Whatever goes wrong becomes a {@link CliException} that names the request and says what to do; the key
 * goes into a header and nowhere else.
 */
public final class ServiceClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration TRANSFER_TIMEOUT = Duration.ofMinutes(30);
    private static final JsonMapper JSON = JsonMapper.shared();
    static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    private final Endpoint endpoint;
    private final @Nullable String apiKey;

    /** What is known of a service from its health address. */
    public enum Health {
        /** It answers 200. */
        UP,
        /** Something listens, and does not answer 200: the service may be starting. */
        DOWN,
        /** Nothing listens. */
        ABSENT
    }

    /** A client of the service at an endpoint; no key is sent when it is null. */
    public ServiceClient(Endpoint endpoint, @Nullable String apiKey) {
        this.endpoint = endpoint;
        this.apiKey = apiKey;
    }

    /** Where this client's requests go. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Reads a resource. */
    public <T> T get(String path, Class<T> type) {
        return read(send(request(path).GET(), ANSWER_TIMEOUT), type);
    }

    /** Posts a JSON body. */
    public <T> T post(String path, Object body, Class<T> type) {
        return read(send(json(path, "POST", body), ANSWER_TIMEOUT), type);
    }

    /** Posts nothing. */
    public <T> T post(String path, Class<T> type) {
        return read(send(request(path).POST(BodyPublishers.noBody()), ANSWER_TIMEOUT), type);
    }

    /** Puts a JSON body. */
    public <T> T put(String path, Object body, Class<T> type) {
        return read(send(json(path, "PUT", body), ANSWER_TIMEOUT), type);
    }

    /** Deletes a resource. */
    public void delete(String path) {
        try (InputStream body = send(request(path).DELETE(), ANSWER_TIMEOUT).body()) {
            body.readAllBytes();
        } catch (IOException e) {
            throw CliException.failed("DELETE %s: its answer broke off (%s)".formatted(path, e.getMessage()), e);
        }
    }

    /** Streams a file to the service. */
    public <T> T upload(String path, Path file, Class<T> type) {
        BodyPublisher publisher;
        try {
            publisher = BodyPublishers.ofFile(file);
        } catch (IOException e) {
            throw CliException.failed("cannot read " + file + ": " + e.getMessage(), e);
        }
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/octet-stream").POST(publisher);
        return read(send(request, TRANSFER_TIMEOUT), type);
    }

    /** Opens a streamed answer; the caller closes it. */
    public InputStream open(String path) {
        return send(request(path).GET(), TRANSFER_TIMEOUT).body();
    }

    /** Opens a streamed answer of this media type; the caller closes it. */
    public InputStream open(String path, String accept) {
        return send(request(path).header("Accept", accept).GET(), TRANSFER_TIMEOUT)
                .body();
    }

    /** Whether a health address answers 200 now. */
    public boolean healthy(String path) {
        return health(path) == Health.UP;
    }

    /** What a health address answers now. */
    public Health health(String path) {
        try {
            HttpRequest request = request(path).timeout(CONNECT_TIMEOUT).GET().build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200 ? Health.UP : Health.DOWN;
        } catch (ConnectException e) {
            return Health.ABSENT;
        } catch (IOException e) {
            return Health.DOWN;
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private HttpRequest.Builder json(String path, String method, Object body) {
        return request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint.url() + path));
        authorize(request);
        return request;
    }

    /** Adds the key, if there is one. */
    void authorize(HttpRequest.Builder request) {
        if (apiKey != null) {
            request.header("X-API-Key", apiKey);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder builder, Duration timeout) {
        HttpRequest request = builder.timeout(timeout).build();
        HttpResponse<InputStream> response;
        try {
            response = HTTP.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw unanswered(request, e, timeout);
        } catch (InterruptedException e) {
            throw interrupted();
        }
        requireAccepted(response);
        return response;
    }

    /** What to say of a request that got no answer. */
    CliException unanswered(HttpRequest request, IOException failure, Duration timeout) {
        return switch (failure) {
            case ConnectException e ->
                CliException.failed(
                        "nothing answers at %s (%s service): start the services with `discern up`, or say where it listens with %s"
                                .formatted(endpoint.url(), endpoint.name(), endpoint.portVariable()),
                        e);
            case HttpTimeoutException e ->
                CliException.failed("%s did not answer within %d s".formatted(words(request), timeout.toSeconds()), e);
            default -> CliException.failed("%s failed: %s".formatted(words(request), failure), failure);
        };
    }

    /** Throws what the service said, if it refused. */
    static void requireAccepted(HttpResponse<InputStream> response) {
        if (response.statusCode() >= 400) {
            throw refused(response.request(), response);
        }
    }

    private static CliException refused(HttpRequest request, HttpResponse<InputStream> response) {
        String hint = response.statusCode() == 401 || response.statusCode() == 403
                ? "; set DISCERN_API_KEY to a key of that service"
                : "";
        Problem problem = problem(response);
        return new RefusedException(
                "%s answered %d: %s%s".formatted(words(request), response.statusCode(), problem.text(), hint), problem);
    }

    private static Problem problem(HttpResponse<InputStream> response) {
        String body;
        try (InputStream stream = response.body()) {
            body = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return Problem.saying("its answer broke off (" + e.getMessage() + ")");
        }
        try {
            return JSON.readValue(body, Problem.class);
        } catch (JacksonException e) {
            return Problem.saying(body.isBlank() ? "no reason given" : body.strip());
        }
    }

    private <T> T read(HttpResponse<InputStream> response, Class<T> type) {
        try (InputStream body = response.body()) {
            return JSON.readValue(body, type);
        } catch (IOException | JacksonException e) {
            throw misread(response.uri(), type.getSimpleName(), e);
        }
    }

    /** What to say of an answer that cannot be read. */
    CliException misread(URI uri, String expected, Exception failure) {
        return CliException.failed(
                "%s answered something that is no %s: %s. Are %s and this command of the same version?"
                        .formatted(uri, expected, failure.getMessage(), endpoint.name()),
                failure);
    }

    static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("interrupted while waiting for a service");
    }

    static String words(HttpRequest request) {
        return request.method() + " " + request.uri();
    }
}
