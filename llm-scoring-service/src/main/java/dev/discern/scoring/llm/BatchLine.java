package dev.discern.scoring.llm;

import dev.discern.common.judgment.FailureReason;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of a batch's output or error file.
 *
 * @param id of the line that was sent
 * @param reply what came of it; null when it was never asked: the batch expired or was cancelled before
 */
public record BatchLine(String id, @Nullable ChatReply reply) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> NEVER_ASKED = Set.of("batch_expired", "batch_cancelled");
    private static final int OK = 200;

    /** Reads a line; empty when it is none. */
    public static Optional<BatchLine> read(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            String id = json.path("custom_id").asString("");
            return id.isEmpty() ? Optional.empty() : Optional.of(new BatchLine(id, reply(json)));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static @Nullable ChatReply reply(JsonNode line) {
        JsonNode response = line.path("response");
        if (response.isObject()) {
            int status = response.path("status_code").asInt(0);
            return status == OK
                    ? ChatWire.answer(response.path("body"))
                    : ChatWire.failure(status, response.path("body"));
        }
        String code = line.at("/error/code").asString("");
        return NEVER_ASKED.contains(code)
                ? null
                : new ChatReply.Failure(
                        FailureReason.PROVIDER_ERROR,
                        null,
                        "%s: %s".formatted(code, line.at("/error/message").asString("")),
                        null,
                        ChatReply.Next.RETRY,
                        ChatReply.Charge.NOTHING);
    }
}
