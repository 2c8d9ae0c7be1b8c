package dev.discern.scoring.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAI-compatible endpoint on the loopback that behaves as a script says, and keeps its own books: it charges every call that it
 * does not refuse, and knows which of these charges it never told. Unless told otherwise it scores a candidate by its text alone; it
 * puts candidates in order, or tells log-probabilities, where it is asked to.
 */
public final class LlmStub implements AutoCloseable {

    /** How a call goes. */
    public enum Manner {
        GOOD,
        SLOW,
        RATE_LIMITED,
        RATE_LIMITED_UNSAID,
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
        NO_USAGE,
        NO_LOG_PROBABILITIES
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

    /**
     * A charge.
     *
     * @param call 1 for the first call of its question
     * @param repair whether the question was asked with an answer to mend
     */
    public record Charge(int call, boolean repair, long promptTokens, long completionTokens) {}

    /** The calls of one question. */
    private static final class Asked {

        private final AtomicInteger calls = new AtomicInteger();
        private final Queue<Charge> charges = new ConcurrentLinkedQueue<>();
    }

    static {
        // Else a server of the JDK waits for the client's delayed acknowledgment, 40 ms, between an answer's head and
        // its body.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int BACKLOG = 1024;
    private static final int SLOW_MILLIS = 400;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern CANDIDATE = Pattern.compile("(?m)^([A-Z]): (\".*\")$");

    private final HttpServer server;
    private final BatchStub batches;
    private final Queue<JsonNode> bodies = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong promptTokens = new AtomicLong();
    private final AtomicLong completionTokens = new AtomicLong();
    private final AtomicLong untold = new AtomicLong();
    private volatile Script script = (question, call, repair) -> Manner.GOOD;
    private volatile Scorer scorer = BY_TEXT;
    private volatile int latencyMillis;
    private volatile boolean forgetful;

    public LlmStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        asked.clear();
        calls.set(0);
        bodies.clear();
        batches.reset();
        promptTokens.set(0);
        completionTokens.set(0);
        untold.set(0);
    }

    /** Keeps sums alone from now on, so that its memory does not grow with the questions: to it each call is the first of its own. */
    public void keepNoQuestions() {
        forgetful = true;
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

    /** Tokens of the charges that were told, each with its answer. */
    public long promptTokens() {
        return promptTokens.get();
    }

    public long completionTokens() {
        return completionTokens.get();
    }

    /** Calls that were charged without the caller's being told: no whole answer went out, or one without its usage. */
    public long untoldCharges() {
        return untold.get();
    }

    /** How many questions were asked. */
    public int questions() {
        return asked.size();
    }

    /** How many questions were asked more than once. */
    public long repeatedQuestions() {
        return asked.values().stream()
                .filter(question -> question.calls.get() > 1)
                .count();
    }

    /** The last charge of each question and of its repair; those before were for answers that the caller asked for again. */
    public List<Charge> lastCharges() {
        return asked.values().stream()
                .flatMap(question -> Stream.of(false, true)
                        .flatMap(repair -> question.charges.stream()
                                .filter(charge -> charge.repair() == repair)
                                .max(Comparator.comparingInt(Charge::call))
                                .stream()))
                .toList();
    }

    /** What came as keys. */
    public Set<String> keys() {
        return keys;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        JsonNode request = JSON.readTree(body);
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        if (!forgetful) {
            bodies.add(request);
        }
        calls.incrementAndGet();
        try {
            Thread.sleep(latencyMillis);
            Call call = call(request, body.length);
            reply(exchange, call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    /** A call as it goes, counted and charged. */
    record Call(JsonNode request, String question, Manner manner, Charge charge) {}

    /**
     * Counts a call, lets the script say how it goes, and charges it. That comes before the answer: who has an answer finds it booked.
     *
     * @param length of the request, in bytes
     */
    Call call(JsonNode request, int length) {
        String question = request.at("/messages/1/content").asString();
        boolean repair = request.at("/messages").size() > 2;
        Asked history = forgetful ? new Asked() : asked.computeIfAbsent(question, key -> new Asked());
        int number = history.calls.incrementAndGet();
        Manner manner = script.manner(question.hashCode() & Integer.MAX_VALUE, number, repair);
        Charge charge = new Charge(number, repair, length / 4, 10 + length % 40);
        switch (manner) {
            case RATE_LIMITED, RATE_LIMITED_UNSAID, SERVER_ERROR, BAD_REQUEST, WRONG_KEY -> {}
            case DROPPED, HALF_BODY, SILENT, NO_USAGE -> untold.incrementAndGet();
            default -> {
                history.charges.add(charge);
                promptTokens.addAndGet(charge.promptTokens());
                completionTokens.addAndGet(charge.completionTokens());
            }
        }
        return new Call(request, question, manner, charge);
    }

    private void reply(HttpExchange exchange, Call call) throws IOException, InterruptedException {
        switch (call.manner()) {
            case RATE_LIMITED -> {
                exchange.getResponseHeaders().set("Retry-After", "0");
                error(exchange, 429);
            }
            case RATE_LIMITED_UNSAID -> error(exchange, 429);
            case SERVER_ERROR -> error(exchange, 500);
            case BAD_REQUEST -> error(exchange, 400);
            case WRONG_KEY -> error(exchange, 401);
            case DROPPED -> {} // closed without a word
            case HALF_BODY -> {
                byte[] whole = answer(call).toString().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, whole.length);
                exchange.getResponseBody().write(whole, 0, whole.length / 2);
                exchange.getResponseBody().flush();
            }
            case SILENT -> closing.await();
            case SLOW -> {
                Thread.sleep(SLOW_MILLIS);
                respond(exchange, 200, answer(call));
            }
            default -> respond(exchange, 200, answer(call));
        }
    }

    /** The body of an answer. */
    ObjectNode answer(Call call) {
        String good = good(call);
        return switch (call.manner()) {
            case HALF_ANSWER -> completion(call, good.substring(0, good.length() / 2), "stop", null);
            case PROSE -> completion(call, "Here you are: " + good, "stop", null);
            case SUBSET -> completion(call, good.replaceFirst("\"A\":\\d+,", ""), "stop", null);
            case WRONG_CODE -> completion(call, good.replaceFirst("\"A\"", "\"Q\""), "stop", null);
            case TEXT_NUMBERS -> completion(call, good.replaceFirst(":(\\d+)", ":\"$1\""), "stop", null);
            case REFUSAL -> completion(call, null, "stop", "I will not say");
            case TRUNCATED -> completion(call, good.substring(0, 5), "length", null);
            case NO_USAGE -> {
                ObjectNode answer = completion(call, good, "stop", null);
                answer.remove("usage");
                yield answer;
            }
            default -> completion(call, good, "stop", null);
        };
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

    private ObjectNode completion(Call call, String text, String finish, String refusal) {
        ObjectNode answer = JSON.createObjectNode()
                .put("id", "stub-1")
                .put("object", "chat.completion")
                .put("created", 1_700_000_000)
                .put("model", "stub");
        ObjectNode choice =
                answer.putArray("choices").addObject().put("index", 0).put("finish_reason", finish);
        if (call.request().path("logprobs").asBoolean(false) && call.manner() != Manner.NO_LOG_PROBABILITIES) {
            ArrayNode alternatives = choice.putObject("logprobs")
                    .putArray("content")
                    .addObject()
                    .put("token", text)
                    .putArray("top_logprobs");
            double sum = scores(call).values().stream().mapToDouble(Math::exp).sum();
            scores(call)
                    .forEach((code, score) ->
                            alternatives.addObject().put("token", code).put("logprob", score - Math.log(sum)));
        } else {
            choice.putNull("logprobs");
        }
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", text)
                .put("refusal", refusal);
        Charge charge = call.charge();
        answer.putObject("usage")
                .put("prompt_tokens", charge.promptTokens())
                .put("completion_tokens", charge.completionTokens())
                .put("total_tokens", charge.promptTokens() + charge.completionTokens());
        return answer;
    }

    /** An answer of the form that was asked for. */
    private String good(Call call) {
        Map<String, Integer> scores = scores(call);
        Stream<String> bestFirst = scores.keySet().stream()
                .sorted(Comparator.comparing(scores::get).reversed().thenComparing(code -> code.toString()));
        if (call.request().has("logprobs")) {
            return bestFirst.findFirst().orElseThrow();
        }
        if (call.question().contains("{\"ranking\"")) {
            return bestFirst.map(code -> "\"" + code + "\"").collect(Collectors.joining(",", "{\"ranking\":[", "]}"));
        }
        return scores.entrySet().stream()
                .map(entry -> "\"%s\":%d".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** What each candidate is worth, by its code, in the order shown. */
    private Map<String, Integer> scores(Call call) {
        Map<String, Integer> scores = new LinkedHashMap<>();
        Matcher candidate = CANDIDATE.matcher(call.question());
        while (candidate.find()) {
            scores.put(candidate.group(1), scorer.score(call.question(), candidate.group(2)));
        }
        return scores;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
