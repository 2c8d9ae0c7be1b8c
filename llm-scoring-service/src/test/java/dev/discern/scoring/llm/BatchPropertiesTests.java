package dev.discern.scoring.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class BatchPropertiesTests {

    @Test
    void theDefaultsAreOpenAis() {
        BatchProperties defaults = bind(Map.of());
        assertThat(defaults.maxRequests()).isEqualTo(50_000);
        assertThat(defaults.maxBytes().toBytes()).isEqualTo(200_000_000);
        assertThat(defaults.completionWindow()).isEqualTo("24h");
        assertThat(defaults.pollInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(defaults.deadline()).isEqualTo(Duration.ofHours(24));
        assertThat(defaults.priceFactor()).isEqualByComparingTo("0.5");
    }

    @ParameterizedTest
    @CsvSource({
        "max-requests, 0",
        "max-requests, 50001",
        "max-bytes, 200MB",
        "poll-interval, 0s",
        "deadline, -1h",
        "cancel-within, 0s",
        "completion-window, ' '",
        "price-factor, 1.5"
    })
    void refusesWhatCannotBe(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("discern.llm.batch." + name, value)))
                .rootCause()
                .hasMessageContaining("discern.llm.batch." + name);
    }

    private static BatchProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("discern.llm.batch", BatchProperties.class);
    }
}
