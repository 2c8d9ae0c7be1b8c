package dev.discern.cli.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An HTTP server on a free port that answers as it is told to and remembers what it was asked. */
public final class FakeService implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private FakeService(HttpServer server) {
        this.server = server;
    }

    /** A request as it came. */
    public record Request(
            String method, String target, @Nullable String apiKey, String body) {}

    /** How to answer a request. */
    @FunctionalInterface
    public interface Answer {
        /** The status and body for the how-maniest request of its kind, from 0. */
        Response to(int count);
    }

    /** Status and body. */
    public record Response(int status, String body) {}

    /** Starts on loopback. */
    public static FakeService start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            FakeService service = new FakeService(server);
            server.createContext("/", service::handle);
            server.start();
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers {@code METHOD /path} (with the query, if it matters) with a status and a body. */
    public FakeService on(String request, int status, String body) {
        return on(request, _ -> new Response(status, body));
    }

    /** The same, by count. */
    public FakeService on(String request, Answer answer) {
        answers.put(request, answer);
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        URI uri = exchange.getRequestURI();
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        int count = (int) requests.stream()
                .filter(earlier ->
                        earlier.method().equals(method) && earlier.target().equals(target))
                .count();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(method, target, exchange.getRequestHeaders().getFirst("X-API-Key"), body));
        Answer answer = answers.getOrDefault(method + " " + target, answers.get(method + " " + uri.getRawPath()));
        Response response =
                answer == null ? new Response(404, "{\"detail\":\"nothing at " + target + "\"}") : answer.to(count);
        byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(response.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** What came, in order. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** What came to one target. */
    public List<Request> requests(String method, String target) {
        return requests.stream()
                .filter(request ->
                        request.method().equals(method) && request.target().equals(target))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
