package dev.discern.scoring.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderPropertiesTests {

    @Test
    void neverTellTheKey() {
        assertThat(llm("https://api.example.com/v1", "gpt", "sk-secret"))
                .asString()
                .contains("api.example.com", "gpt")
                .doesNotContain("sk-secret");
    }

    @Test
    void emptyValuesAreNone() {
        assertThat(llm("", "", "").isConfigured()).isFalse();
        assertThat(llm("http://localhost:1/v1", "", "").isConfigured()).isFalse();
        assertThat(llm("http://localhost:1/v1", "m", "").isConfigured()).isTrue();
    }

    @Test
    void anAnswerBelongsToHostModelTemplateAndTemperature() {
        assertThat(llm("http://localhost:8000/v1", "m", null).identity("listwise@0"))
                .isEqualTo("chat/localhost:8000/m/listwise@0/t0.5");
    }

    @ParameterizedTest
    @CsvSource({"ftp://host/v1", "localhost:8000/v1", "http:///v1"})
    void refusesWhatIsNoWebAddress(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> llm(url, "m", null))
                .withMessageContaining("discern.llm.base-url");
    }

    @Test
    void thePauseGrowsWithFullJitterAndHonoursRetryAfter() {
        RetryProperties retry =
                new RetryProperties(5, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(5), 50);
        Backoff half = new Backoff(retry, () -> 0.5);
        assertThat(half.pause(1, null)).isEqualTo(Duration.ofMillis(500));
        assertThat(half.pause(2, null)).isEqualTo(Duration.ofSeconds(1));
        assertThat(half.pause(3, null)).isEqualTo(Duration.ofSeconds(2));
        assertThat(half.pause(60, null)).isEqualTo(Duration.ofSeconds(5));
        assertThat(new Backoff(retry, () -> 0).pause(3, null)).isZero();
        assertThat(half.pause(1, Duration.ofSeconds(7))).isEqualTo(Duration.ofMillis(7_500));
        assertThat(half.pause(1, Duration.ofSeconds(-7))).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void bucketsGiveAMinuteItsRequestsAndTokens() {
        RateLimits limits = new RateLimits(new LimitProperties(1, 60, 6_000));
        assertThat(limits.tryRequest()).isZero();
        assertThat(limits.tryRequest()).isPositive();
        assertThat(limits.tryTokens(100)).isZero();
        assertThat(limits.tryTokens(100)).isPositive();
        limits.giveBack(100);
        assertThat(limits.tryTokens(100)).isZero();
    }

    private static LlmProperties llm(String url, String model, @Nullable String key) {
        return new LlmProperties(
                url, model, key, 0.5, 100, LlmProperties.TokenLimitField.MAX_TOKENS, LlmProperties.AnswerFormat.TEXT);
    }
}
