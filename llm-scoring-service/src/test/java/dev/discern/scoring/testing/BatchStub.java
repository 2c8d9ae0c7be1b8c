package dev.discern.scoring.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.discern.scoring.testing.LlmStub.Manner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Batch API of the {@link LlmStub}: files and batches, answered in no order, lines going as the stub's script says. A line that
 * the script has fail by HTTP status is in the error file; one that it leaves without an answer is in neither.
 */
public final class BatchStub {

    /** How a batch goes. */
    public enum Course {
        COMPLETES,
        /** With lines that nobody asked for, and with lines twice. */
        COMPLETES_UNTIDILY,
        EXPIRES_HALF_DONE,
        /** Refused as a whole. */
        FAILS,
        /** Until it is cancelled, half done. */
        TAKES_FOREVER,
        /** Even when it is cancelled. */
        HANGS
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Smaller than what is asked for, so that lists have several pages. */
    private static final int PAGE = 2;

    private final LlmStub stub;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, Batch> batches = new LinkedHashMap<>();
    private final Map<String, Integer> charged = new LinkedHashMap<>();
    private final List<JsonNode> bodies = new ArrayList<>();
    private IntFunction<Course> courses = number -> Course.COMPLETES;
    private int pollsUntilOver = 2;
    private int lostCreations;
    private int failures;
    private int polls;

    BatchStub(LlmStub stub, HttpServer server) {
        this.stub = stub;
        server.createContext("/v1/files", this::handle);
        server.createContext("/v1/batches", this::handle);
    }

    /** Forgets everything; batches complete from now on. */
    public synchronized void reset() {
        files.clear();
        batches.clear();
        charged.clear();
        bodies.clear();
        courses = number -> Course.COMPLETES;
        pollsUntilOver = 2;
        lostCreations = 0;
        failures = 0;
        polls = 0;
    }

    /** The course of each batch, by its number from 0. */
    public synchronized void follow(IntFunction<Course> next) {
        courses = next;
    }

    /** Batches are over at this poll. */
    public synchronized void overAfter(int count) {
        pollsUntilOver = count;
    }

    /** So many batches are created, but the caller is not told. */
    public synchronized void loseCreations(int count) {
        lostCreations = count;
    }

    /** So many requests are answered with HTTP 503. */
    public synchronized void failNext(int count) {
        failures = count;
    }

    /** Batches that were created. */
    public synchronized int created() {
        return batches.size();
    }

    /** How often batches were looked at. */
    public synchronized int polls() {
        return polls;
    }

    /** Lines in all batches, by batch. */
    public synchronized List<Integer> sizes() {
        return batches.values().stream().map(batch -> batch.lines.size()).toList();
    }

    /** How often a line of each custom id was answered, and charged. */
    public synchronized Map<String, Integer> charged() {
        return Map.copyOf(charged);
    }

    /** Bodies of the lines of all batches. */
    public synchronized List<JsonNode> bodies() {
        return List.copyOf(bodies);
    }

    /** The provider's words for where its batches stand. */
    public synchronized Collection<String> statuses() {
        return batches.values().stream().map(batch -> batch.status).toList();
    }

    private static final class Batch {
        private final String id;
        private final Course course;
        private final JsonNode request;
        private final List<JsonNode> lines = new ArrayList<>();
        private final StringBuilder output = new StringBuilder();
        private final StringBuilder errors = new StringBuilder();
        private String problem = "";
        private String status = "validating";
        private int polls;
        private int completed;
        private int failed;

        private Batch(String id, Course course, JsonNode request) {
            this.id = id;
            this.course = course;
            this.request = request;
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            route(
                    exchange,
                    exchange.getRequestURI()
                            .getPath()
                            .substring("/v1/".length())
                            .split("/"),
                    body);
        }
    }

    private synchronized void route(HttpExchange exchange, String[] path, byte[] body) throws IOException {
        boolean post = exchange.getRequestMethod().equals("POST");
        if (failures > 0) {
            failures--;
            LlmStub.error(exchange, 503);
        } else if (path[0].equals("files") && post) {
            String id = "file-in-" + files.size();
            files.put(id, uploaded(new String(body, StandardCharsets.ISO_8859_1)));
            LlmStub.respond(exchange, 200, JSON.createObjectNode().put("id", id));
        } else if (path[0].equals("files")) {
            text(exchange, files.get(path[1]));
        } else if (path.length == 1 && post) {
            Batch created = create(JSON.readTree(body));
            if (lostCreations > 0) {
                lostCreations--; // closed without a word
            } else {
                LlmStub.respond(exchange, 200, resource(created));
            }
        } else if (path.length == 1) {
            list(exchange, String.valueOf(exchange.getRequestURI().getQuery()));
        } else {
            Batch batch = batches.get(path[1]);
            if (batch == null) {
                LlmStub.error(exchange, 404);
            } else if (post) {
                cancel(exchange, batch);
            } else {
                polls++;
                poll(batch);
                LlmStub.respond(exchange, 200, resource(batch));
            }
        }
    }

    /** The file's part of a form. */
    private static String uploaded(String form) {
        if (!form.contains("\r\n\r\nbatch\r\n")) {
            throw new IllegalStateException("no purpose: " + form);
        }
        int start = form.indexOf("\r\n\r\n", form.indexOf("filename=")) + 4;
        String file = form.substring(start, form.lastIndexOf("\r\n--"));
        return new String(file.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private Batch create(JsonNode request) {
        int number = batches.size();
        Batch batch = new Batch("batch-" + number, courses.apply(number), request);
        batches.put(batch.id, batch);
        Set<String> ids = new HashSet<>();
        for (String line :
                files.get(request.at("/input_file_id").asString()).lines().toList()) {
            try {
                JsonNode json = JSON.readTree(line);
                batch.lines.add(json);
                bodies.add(json.path("body"));
                if (!ids.add(json.at("/custom_id").asString())) {
                    batch.problem = "duplicate_custom_id";
                }
                if (!json.at("/url").equals(request.at("/endpoint"))) {
                    batch.problem = "mismatched_endpoint";
                }
            } catch (JacksonException e) {
                batch.problem = "invalid_json_line";
            }
        }
        return batch;
    }

    private void poll(Batch batch) {
        if (isOver(batch)) {
            return;
        }
        batch.polls++;
        if (!batch.problem.isEmpty() || batch.course == Course.FAILS) {
            batch.status = "failed";
        } else if (batch.status.equals("cancelling")) {
            if (batch.course != Course.HANGS) {
                end(batch, "cancelled", batch.lines.size() / 2);
            }
        } else if (batch.polls >= pollsUntilOver
                && batch.course != Course.TAKES_FOREVER
                && batch.course != Course.HANGS) {
            boolean expires = batch.course == Course.EXPIRES_HALF_DONE;
            end(batch, expires ? "expired" : "completed", batch.lines.size() / (expires ? 2 : 1));
        } else {
            batch.status = "in_progress";
        }
    }

    private static boolean isOver(Batch batch) {
        return Set.of("completed", "expired", "cancelled", "failed").contains(batch.status);
    }

    private void end(Batch batch, String status, int asked) {
        batch.status = status;
        Random random = new Random(batch.lines.size());
        List<JsonNode> order = new ArrayList<>(batch.lines);
        Collections.shuffle(order, random);
        List<String> output = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (JsonNode line : order.subList(0, asked)) {
            ask(batch, line, output, errors);
        }
        for (JsonNode line : order.subList(asked, order.size())) {
            ObjectNode left = result(line).putNull("response");
            left.putObject("error").put("code", "batch_" + status).put("message", "not executed in time");
            errors.add(left.toString());
        }
        if (batch.course == Course.COMPLETES_UNTIDILY) {
            output.addAll(List.copyOf(output));
            output.add("{\"custom_id\":\"0123\",\"response\":{\"status_code\":200,\"body\":{}}}");
            output.add("no JSON");
            Collections.shuffle(output, random);
        }
        output.forEach(line -> batch.output.append(line).append('\n'));
        errors.forEach(line -> batch.errors.append(line).append('\n'));
        files.put("file-out-" + batch.id, batch.output.toString());
        files.put("file-err-" + batch.id, batch.errors.toString());
    }

    private void ask(Batch batch, JsonNode line, List<String> output, List<String> errors) {
        JsonNode body = line.path("body");
        LlmStub.Call call = stub.call(body, body.toString().length());
        ObjectNode result = result(line).putNull("error");
        ObjectNode response = result.putObject("response").put("request_id", "stub");
        switch (call.manner()) {
            case DROPPED, HALF_BODY, SILENT -> {} // lost
            case RATE_LIMITED, RATE_LIMITED_UNSAID, SERVER_ERROR, BAD_REQUEST, WRONG_KEY -> {
                batch.failed++;
                response.put("status_code", status(call.manner()))
                        .putObject("body")
                        .putObject("error")
                        .put("message", "as the script says");
                errors.add(result.toString());
            }
            default -> {
                batch.completed++;
                charged.merge(line.at("/custom_id").asString(), 1, Integer::sum);
                response.put("status_code", 200).set("body", stub.answer(call));
                output.add(result.toString());
            }
        }
    }

    private static int status(Manner manner) {
        return switch (manner) {
            case RATE_LIMITED, RATE_LIMITED_UNSAID -> 429;
            case BAD_REQUEST -> 400;
            case WRONG_KEY -> 401;
            default -> 500;
        };
    }

    private static ObjectNode result(JsonNode line) {
        return JSON.createObjectNode()
                .put("id", "batch_req_stub")
                .put("custom_id", line.at("/custom_id").asString());
    }

    private void cancel(HttpExchange exchange, Batch batch) throws IOException {
        if (isOver(batch)) {
            LlmStub.error(exchange, 400);
            return;
        }
        batch.status = "cancelling";
        LlmStub.respond(exchange, 200, resource(batch));
    }

    /** Newest first. */
    private void list(HttpExchange exchange, String query) throws IOException {
        List<Batch> all = new ArrayList<>(batches.values()).reversed();
        int from = 0;
        for (int k = 0; k < all.size(); k++) {
            if (query.contains("after=" + all.get(k).id)) {
                from = k + 1;
            }
        }
        int to = Math.min(all.size(), from + PAGE);
        ObjectNode page = JSON.createObjectNode().put("object", "list").put("has_more", to < all.size());
        ArrayNode data = page.putArray("data");
        all.subList(from, to).forEach(batch -> data.add(resource(batch)));
        LlmStub.respond(exchange, 200, page);
    }

    private static ObjectNode resource(Batch batch) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", batch.id)
                .put("object", "batch")
                .put("endpoint", batch.request.at("/endpoint").asString())
                .put("input_file_id", batch.request.at("/input_file_id").asString())
                .put("status", batch.status)
                .put("output_file_id", batch.output.isEmpty() ? null : "file-out-" + batch.id)
                .put("error_file_id", batch.errors.isEmpty() ? null : "file-err-" + batch.id);
        json.set("metadata", batch.request.path("metadata"));
        json.putObject("request_counts")
                .put("total", batch.lines.size())
                .put("completed", batch.completed)
                .put("failed", batch.failed);
        if (batch.status.equals("failed")) {
            json.putObject("errors")
                    .putArray("data")
                    .addObject()
                    .put("code", batch.problem.isEmpty() ? "token_limit_exceeded" : batch.problem)
                    .put("message", "as the script says");
        }
        return json;
    }

    private static void text(HttpExchange exchange, String content) throws IOException {
        if (content == null) {
            LlmStub.error(exchange, 404);
            return;
        }
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
