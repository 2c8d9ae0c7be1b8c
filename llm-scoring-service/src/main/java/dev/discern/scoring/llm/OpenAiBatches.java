package dev.discern.scoring.llm;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * OpenAI's Batch API: files of purpose {@code batch} and {@code /batches}. One method call is one HTTP request, but for {@link #find},
 * which reads the provider's list page by page.
 */
public final class OpenAiBatches implements BatchApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MediaType JSON_TYPE = Objects.requireNonNull(MediaType.parse("application/json"));
    private static final MediaType LINES_TYPE = Objects.requireNonNull(MediaType.parse("application/jsonl"));
    private static final String ENDPOINT = "/v1/chat/completions";
    private static final String TOKEN = "discern_batch";
    private static final int PAGE = 100;
    private static final int MAX_DETAIL = 500;

    private final HttpUrl base;
    private final @Nullable String apiKey;
    private final String completionWindow;
    private final OkHttpClient http;
    private final RetryAfter retryAfter;

    /** The batches of a provider as configured. */
    public OpenAiBatches(LlmProperties llm, TimeoutProperties timeouts, String completionWindow, Clock clock) {
        this.base = HttpUrl.get(Objects.requireNonNull(llm.baseUrl()));
        this.apiKey = llm.apiKey();
        this.completionWindow = completionWindow;
        this.retryAfter = new RetryAfter(clock);
        // Files may take long as a whole: only their parts are timed.
        this.http = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .connectTimeout(timeouts.connect())
                .readTimeout(timeouts.firstByte())
                .writeTimeout(timeouts.firstByte())
                .build();
    }

    @Override
    public String upload(Path file) {
        RequestBody body = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("purpose", "batch")
                .addFormDataPart("file", "discern.jsonl", RequestBody.create(file.toFile(), LINES_TYPE))
                .build();
        return required(json(request(url("files")).post(body)), "id");
    }

    @Override
    public Batch create(String file, String token) {
        JsonNode wanted = JSON.createObjectNode()
                .put("input_file_id", file)
                .put("endpoint", ENDPOINT)
                .put("completion_window", completionWindow)
                .set("metadata", JSON.createObjectNode().put(TOKEN, token));
        return batch(json(request(url("batches")).post(RequestBody.create(wanted.toString(), JSON_TYPE))));
    }

    @Override
    public Optional<Batch> find(String token) {
        String after = null;
        while (true) {
            HttpUrl.Builder url = url("batches").newBuilder().addQueryParameter("limit", Integer.toString(PAGE));
            if (after != null) {
                url.addQueryParameter("after", after);
            }
            JsonNode page = json(request(url.build()));
            for (JsonNode entry : page.path("data")) {
                if (entry.at("/metadata/" + TOKEN).asString("").equals(token)) {
                    return Optional.of(batch(entry));
                }
                after = required(entry, "id");
            }
            if (!page.path("has_more").asBoolean(false) || page.path("data").isEmpty()) {
                return Optional.empty();
            }
        }
    }

    @Override
    public Batch poll(String batch) {
        return batch(json(request(url("batches", batch))));
    }

    @Override
    public void fetch(String file, Consumer<String> lines) {
        Request request = request(url("files", file, "content")).build();
        try (Response response = http.newCall(request).execute()) {
            requireSuccess(request, response);
            BufferedReader reader =
                    new BufferedReader(Objects.requireNonNull(response.body()).charStream());
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    lines.accept(line);
                }
            }
        } catch (IOException e) {
            throw unreached(request, e);
        }
    }

    @Override
    public void cancel(String batch) {
        json(request(url("batches", batch, "cancel")).post(RequestBody.create(new byte[0])));
    }

    private HttpUrl url(String... path) {
        HttpUrl.Builder url = base.newBuilder();
        for (String segment : path) {
            url.addPathSegment(segment);
        }
        return url.build();
    }

    private Request.Builder request(HttpUrl url) {
        Request.Builder request = new Request.Builder().url(url);
        return apiKey == null ? request : request.header("Authorization", "Bearer " + apiKey);
    }

    private JsonNode json(Request.Builder unbuilt) {
        Request request = unbuilt.build();
        try (Response response = http.newCall(request).execute()) {
            requireSuccess(request, response);
            return JSON.readTree(Objects.requireNonNull(response.body()).string());
        } catch (IOException | JacksonException e) {
            throw unreached(request, e);
        }
    }

    private void requireSuccess(Request request, Response response) throws IOException {
        if (response.isSuccessful()) {
            return;
        }
        String text = response.peekBody(MAX_DETAIL).string();
        throw new BatchApiException(
                response.code(),
                "%s %s answered HTTP %d: %s"
                        .formatted(request.method(), request.url().encodedPath(), response.code(), text.strip()),
                retryAfter.of(response.headers("Retry-After")));
    }

    private static BatchApiException unreached(Request request, Exception e) {
        return new BatchApiException(
                "%s %s failed: %s".formatted(request.method(), request.url().encodedPath(), e), e);
    }

    private static Batch batch(JsonNode json) {
        return new Batch(
                required(json, "id"),
                status(json.path("status").asString("")),
                json.path("output_file_id").asStringOpt().orElse(null),
                json.path("error_file_id").asStringOpt().orElse(null),
                json.at("/request_counts/completed").asInt(0)
                        + json.at("/request_counts/failed").asInt(0),
                errors(json.at("/errors/data")));
    }

    private static BatchApi.Status status(String word) {
        try {
            return Status.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Status.OTHER;
        }
    }

    private static @Nullable String errors(JsonNode errors) {
        String text = StreamSupport.stream(errors.spliterator(), false)
                .limit(3)
                .map(error -> "%s: %s"
                        .formatted(
                                error.path("code").asString(""),
                                error.path("message").asString("")))
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? null : text.substring(0, Math.min(text.length(), MAX_DETAIL));
    }

    private static String required(JsonNode json, String field) {
        String value = json.path(field).asString("");
        if (value.isEmpty()) {
            throw new BatchApiException(0, "the provider's answer has no %s: %s".formatted(field, json), null);
        }
        return value;
    }
}
