package dev.discern.scoring.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAI-compatible endpoint on the loopback that behaves as a script says, and keeps its own count of calls and tokens. Unless told
 * otherwise it scores a candidate by its text alone.
 */
public final class LlmStub implements AutoCloseable {

    /** How a call goes. */
    public enum Manner {
        GOOD,
        RATE_LIMITED,
        SERVER_ERROR,
        BAD_REQUEST,
        WRONG_KEY,
        DROPPED,
        HALF_BODY,
        SILENT,
        HALF_ANSWER,
        PROSE,
        SUBSET,
        WRONG_CODE,
        TEXT_NUMBERS,
        REFUSAL,
        TRUNCATED,
        NO_USAGE
    }

    /** Decides how a call goes. */
    @FunctionalInterface
    public interface Script {
        /**
         * The manner of this call.
         *
         * @param question hash of the question, not negative, the same for a repair of it
         * @param call 1 for the first call of this question
         * @param repair whether the conversation holds an answer already
         */
        Manner manner(int question, int call, boolean repair);
    }

    /** Decides what a candidate is worth. */
    @FunctionalInterface
    public interface Scorer {
        /**
         * The score.
         *
         * @param question the whole message
         * @param candidate the candidate's text as it stands there, in quotes
         * @return 0 to 100
         */
        int score(String question, String candidate);
    }

    private static final Scorer BY_TEXT = (question, candidate) -> Math.floorMod(candidate.hashCode(), 101);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern CANDIDATE = Pattern.compile("(?m)^([A-Z]): (\".*\")$");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, AtomicLong> callsByQuestion = new ConcurrentHashMap<>();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong promptTokens = new AtomicLong();
    private final AtomicLong completionTokens = new AtomicLong();
    private volatile Script script = (question, call, repair) -> Manner.GOOD;
    private volatile Scorer scorer = BY_TEXT;
    private volatile int latencyMillis;

    public LlmStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** Forgets its counts; every call goes well from now on. */
    public void reset() {
        script = (question, call, repair) -> Manner.GOOD;
        scorer = BY_TEXT;
        latencyMillis = 0;
        callsByQuestion.clear();
        calls.set(0);
        promptTokens.set(0);
        completionTokens.set(0);
    }

    public void follow(Script next) {
        script = next;
    }

    public void scoreBy(Scorer next) {
        scorer = next;
    }

    public void answerAfter(int millis) {
        latencyMillis = millis;
    }

    public long calls() {
        return calls.get();
    }

    public long promptTokens() {
        return promptTokens.get();
    }

    public long completionTokens() {
        return completionTokens.get();
    }

    /** How many questions were asked. */
    public int questions() {
        return callsByQuestion.size();
    }

    /** How many questions were asked more than once. */
    public long repeatedQuestions() {
        return callsByQuestion.values().stream()
                .filter(count -> count.get() > 1)
                .count();
    }

    /** What came as keys. */
    public Set<String> keys() {
        return keys;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        JsonNode request = JSON.readTree(body);
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        String question = request.at("/messages/1/content").asString();
        int call = (int) callsByQuestion
                .computeIfAbsent(question, key -> new AtomicLong())
                .incrementAndGet();
        calls.incrementAndGet();
        boolean repair = request.at("/messages").size() > 2;
        try {
            Thread.sleep(latencyMillis);
            reply(
                    exchange,
                    script.manner(question.hashCode() & Integer.MAX_VALUE, call, repair),
                    question,
                    body.length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void reply(HttpExchange exchange, Manner manner, String question, int length)
            throws IOException, InterruptedException {
        String good = scores(question);
        switch (manner) {
            case RATE_LIMITED -> {
                exchange.getResponseHeaders().set("Retry-After", "0");
                error(exchange, 429);
            }
            case SERVER_ERROR -> error(exchange, 500);
            case BAD_REQUEST -> error(exchange, 400);
            case WRONG_KEY -> error(exchange, 401);
            case DROPPED -> {} // closed without a word
            case HALF_BODY -> {
                byte[] whole = completion(good, "stop", null, length).toString().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, whole.length);
                exchange.getResponseBody().write(whole, 0, whole.length / 2);
                exchange.getResponseBody().flush();
            }
            case SILENT -> closing.await();
            case GOOD -> content(exchange, good, length);
            case HALF_ANSWER -> content(exchange, good.substring(0, good.length() / 2), length);
            case PROSE -> content(exchange, "Here you are: " + good, length);
            case SUBSET -> content(exchange, good.replaceFirst("\"A\":\\d+,", ""), length);
            case WRONG_CODE -> content(exchange, good.replaceFirst("\"A\"", "\"Q\""), length);
            case TEXT_NUMBERS -> content(exchange, good.replaceFirst(":(\\d+)", ":\"$1\""), length);
            case REFUSAL -> send(exchange, completion(null, "stop", "I will not say", length));
            case TRUNCATED -> send(exchange, completion(good.substring(0, 5), "length", null, length));
            case NO_USAGE -> {
                ObjectNode answer = completion(good, "stop", null, length);
                answer.remove("usage");
                respond(exchange, 200, answer);
            }
        }
    }

    private void content(HttpExchange exchange, String text, int length) throws IOException {
        send(exchange, completion(text, "stop", null, length));
    }

    /** Counts what it charges, once all is sent. */
    private void send(HttpExchange exchange, ObjectNode answer) throws IOException {
        respond(exchange, 200, answer);
        promptTokens.addAndGet(answer.at("/usage/prompt_tokens").asLong());
        completionTokens.addAndGet(answer.at("/usage/completion_tokens").asLong());
    }

    private static void error(HttpExchange exchange, int status) throws IOException {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("message", "as the script says").put("type", "stub");
        respond(exchange, status, body);
    }

    private static void respond(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static ObjectNode completion(String text, String finish, String refusal, int length) {
        ObjectNode answer = JSON.createObjectNode()
                .put("id", "stub-1")
                .put("object", "chat.completion")
                .put("created", 1_700_000_000)
                .put("model", "stub");
        ObjectNode choice =
                answer.putArray("choices").addObject().put("index", 0).put("finish_reason", finish);
        choice.putNull("logprobs");
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", text)
                .put("refusal", refusal);
        int prompt = length / 4;
        int completion = 10 + length % 40;
        answer.putObject("usage")
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
        return answer;
    }

    private String scores(String question) {
        List<String> scores = new ArrayList<>();
        Matcher candidate = CANDIDATE.matcher(question);
        while (candidate.find()) {
            scores.add("\"%s\":%d".formatted(candidate.group(1), scorer.score(question, candidate.group(2))));
        }
        return "{" + String.join(",", scores) + "}";
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
