package dev.discern.scoring.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.judgment.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchLineTests {

    @Test
    void readsAnAnswerWithItsUsage() {
        BatchLine line = read("""
                {"id":"b1","custom_id":"aa","error":null,"response":{"status_code":200,"body":{
                 "choices":[{"finish_reason":"stop","message":{"role":"assistant","content":"{}","refusal":null}}],
                 "usage":{"prompt_tokens":7,"completion_tokens":3}}}}""");
        assertThat(line.id()).isEqualTo("aa");
        assertThat(line.reply()).isEqualTo(new ChatReply.Answer("{}", null, false, new ChatReply.Usage(7, 3)));
    }

    @Test
    void readsRefusalsCutsAndAnswersWithoutUsage() {
        assertThat(read("""
                {"custom_id":"aa","response":{"status_code":200,"body":{"choices":[
                 {"finish_reason":"length","message":{"content":null,"refusal":"no"}}]}}}""").reply()).isEqualTo(new ChatReply.Answer("", "no", true, null));
        assertThat(read("""
                {"custom_id":"aa","response":{"status_code":200,"body":{"choices":[
                 {"finish_reason":"content_filter","message":{"content":""}}]}}}""").reply())
                .isEqualTo(new ChatReply.Answer("", "stopped by the provider's content filter", false, null));
    }

    @ParameterizedTest
    @CsvSource({
        "429, RATE_LIMITED, RETRY",
        "500, PROVIDER_ERROR, RETRY",
        "408, TIMED_OUT, RETRY",
        "400, PROVIDER_ERROR, GIVE_UP_QUESTION",
        "401, PROVIDER_ERROR, GIVE_UP_RUN"
    })
    void readsWhatFailed(int status, FailureReason reason, ChatReply.Next next) {
        assertThat(read("""
                {"custom_id":"aa","response":{"status_code":%d,"body":{"error":{"message":"why"}}}}""".formatted(status)).reply())
                .isEqualTo(new ChatReply.Failure(
                        reason, status, "HTTP %d: why".formatted(status), null, next, ChatReply.Charge.NOTHING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch_expired", "batch_cancelled"})
    void tellsWhatWasNeverAsked(String code) {
        assertThat(read("{\"custom_id\":\"aa\",\"response\":null,\"error\":{\"code\":\"%s\"}}".formatted(code))
                        .reply())
                .isNull();
    }

    @Test
    void takesAnyOtherErrorAsOneToRetry() {
        assertThat(read("{\"custom_id\":\"aa\",\"response\":null,\"error\":{\"code\":\"odd\",\"message\":\"why\"}}")
                        .reply())
                .isInstanceOfSatisfying(ChatReply.Failure.class, failure -> {
                    assertThat(failure.next()).isEqualTo(ChatReply.Next.RETRY);
                    assertThat(failure.detail()).isEqualTo("odd: why");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "{\"custom_id\":", "[]", "{\"response\":{}}"})
    void whatIsNoLineIsNone(String text) {
        assertThat(BatchLine.read(text)).isEmpty();
    }

    private static BatchLine read(String text) {
        return BatchLine.read(text).orElseThrow();
    }
}
