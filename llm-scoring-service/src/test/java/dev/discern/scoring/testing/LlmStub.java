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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private final BatchStub batches;
    private final Queue<JsonNode> bodies = new ConcurrentLinkedQueue<>();
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
        batches = new BatchStub(this, server);
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
        bodies.clear();
        batches.reset();
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

    /** Its Batch API. */
    public BatchStub batches() {
        return batches;
    }

    /** What was sent to it by chat. */
    public List<JsonNode> bodies() {
        return List.copyOf(bodies);
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
        bodies.add(request);
        String question = request.at("/messages/1/content").asString();
        int call = countCall(question);
        calls.incrementAndGet();
        boolean repair = request.at("/messages").size() > 2;
        try {
            Thread.sleep(latencyMillis);
            reply(exchange, manner(question, call, repair), question, body.length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    /** The number of this call among those of its question. */
    int countCall(String question) {
        return (int) callsByQuestion
                .computeIfAbsent(question, key -> new AtomicLong())
                .incrementAndGet();
    }

    /** How a call of a question goes. */
    Manner manner(String question, int call, boolean repair) {
        return script.manner(question.hashCode() & Integer.MAX_VALUE, call, repair);
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
            case GOOD, HALF_ANSWER, PROSE, SUBSET, WRONG_CODE, TEXT_NUMBERS, REFUSAL, TRUNCATED, NO_USAGE -> {
                ObjectNode answer = answer(manner, question, length);
                respond(exchange, 200, answer);
                charge(answer);
            }
        }
    }

    /** The body of an answer. */
    static ObjectNode answer(Manner manner, String question, int length) {
        String good = scores(question);
        return switch (manner) {
            case HALF_ANSWER -> completion(good.substring(0, good.length() / 2), "stop", null, length);
            case PROSE -> completion("Here you are: " + good, "stop", null, length);
            case SUBSET -> completion(good.replaceFirst("\"A\":\\d+,", ""), "stop", null, length);
            case WRONG_CODE -> completion(good.replaceFirst("\"A\"", "\"Q\""), "stop", null, length);
            case TEXT_NUMBERS -> completion(good.replaceFirst(":(\\d+)", ":\"$1\""), "stop", null, length);
            case REFUSAL -> completion(null, "stop", "I will not say", length);
            case TRUNCATED -> completion(good.substring(0, 5), "length", null, length);
            case NO_USAGE -> {
                ObjectNode answer = completion(good, "stop", null, length);
                answer.remove("usage");
                yield answer;
            }
            default -> completion(good, "stop", null, length);
        };
    }

    /** Counts what it charges, once all is sent. */
    void charge(ObjectNode answer) {
        promptTokens.addAndGet(answer.at("/usage/prompt_tokens").asLong());
        completionTokens.addAndGet(answer.at("/usage/completion_tokens").asLong());
    }

    static void error(HttpExchange exchange, int status) throws IOException {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("message", "as the script says").put("type", "stub");
        respond(exchange, status, body);
    }

    static void respond(HttpExchange exchange, int status, JsonNode body) throws IOException {
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
