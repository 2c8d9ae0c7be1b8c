package dev.discern.scoring.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
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
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAI-compatible endpoint on the loopback that behaves as a script says, and keeps its own books: it charges every call that it
 * does not refuse, and knows which of these charges it never told. It scores a candidate by its text alone.
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
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong promptTokens = new AtomicLong();
    private final AtomicLong completionTokens = new AtomicLong();
    private final AtomicLong untold = new AtomicLong();
    private volatile Script script = (question, call, repair) -> Manner.GOOD;
    private volatile int latencyMillis;
    private volatile boolean forgetful;

    public LlmStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
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
        latencyMillis = 0;
        asked.clear();
        calls.set(0);
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

    public void answerAfter(int millis) {
        latencyMillis = millis;
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
        String question = request.at("/messages/1/content").asString();
        Asked history = forgetful ? new Asked() : asked.computeIfAbsent(question, key -> new Asked());
        int call = history.calls.incrementAndGet();
        calls.incrementAndGet();
        boolean repair = request.at("/messages").size() > 2;
        try {
            Thread.sleep(latencyMillis);
            Manner manner = script.manner(question.hashCode() & Integer.MAX_VALUE, call, repair);
            Charge charge = new Charge(call, repair, body.length / 4, 10 + body.length % 40);
            book(manner, history, charge);
            reply(exchange, manner, question, charge);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    /** Comes before the answer: who has an answer finds it booked. */
    private void book(Manner manner, Asked history, Charge charge) {
        switch (manner) {
            case RATE_LIMITED, RATE_LIMITED_UNSAID, SERVER_ERROR, BAD_REQUEST, WRONG_KEY -> {}
            case DROPPED, HALF_BODY, SILENT, NO_USAGE -> untold.incrementAndGet();
            default -> {
                history.charges.add(charge);
                promptTokens.addAndGet(charge.promptTokens());
                completionTokens.addAndGet(charge.completionTokens());
            }
        }
    }

    private void reply(HttpExchange exchange, Manner manner, String question, Charge charge)
            throws IOException, InterruptedException {
        String good = scores(question);
        switch (manner) {
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
                byte[] whole = completion(good, "stop", null, charge).toString().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, whole.length);
                exchange.getResponseBody().write(whole, 0, whole.length / 2);
                exchange.getResponseBody().flush();
            }
            case SILENT -> closing.await();
            case GOOD -> content(exchange, good, charge);
            case SLOW -> {
                Thread.sleep(SLOW_MILLIS);
                content(exchange, good, charge);
            }
            case HALF_ANSWER -> content(exchange, good.substring(0, good.length() / 2), charge);
            case PROSE -> content(exchange, "Here you are: " + good, charge);
            case SUBSET -> content(exchange, good.replaceFirst("\"A\":\\d+,", ""), charge);
            case WRONG_CODE -> content(exchange, good.replaceFirst("\"A\"", "\"Q\""), charge);
            case TEXT_NUMBERS -> content(exchange, good.replaceFirst(":(\\d+)", ":\"$1\""), charge);
            case REFUSAL -> respond(exchange, 200, completion(null, "stop", "I will not say", charge));
            case TRUNCATED -> respond(exchange, 200, completion(good.substring(0, 5), "length", null, charge));
            case NO_USAGE -> {
                ObjectNode answer = completion(good, "stop", null, charge);
                answer.remove("usage");
                respond(exchange, 200, answer);
            }
        }
    }

    private static void content(HttpExchange exchange, String text, Charge charge) throws IOException {
        respond(exchange, 200, completion(text, "stop", null, charge));
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

    private static ObjectNode completion(String text, String finish, String refusal, Charge charge) {
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
        answer.putObject("usage")
                .put("prompt_tokens", charge.promptTokens())
                .put("completion_tokens", charge.completionTokens())
                .put("total_tokens", charge.promptTokens() + charge.completionTokens());
        return answer;
    }

    private static String scores(String question) {
        List<String> scores = new ArrayList<>();
        Matcher candidate = CANDIDATE.matcher(question);
        while (candidate.find()) {
            scores.add("\"%s\":%d"
                    .formatted(
                            candidate.group(1), Math.floorMod(candidate.group(2).hashCode(), 101)));
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
