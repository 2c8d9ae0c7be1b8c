package dev.discern.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The chat judge's benchmark in small, with its own Postgres, service and endpoint. */
class ChatBenchmarkIntegrationTests {

    @Test
    void everyLineHasItsReference() {
        List<Measurement> measurements = new ChatBenchmark(300, 8, 50, 1).measure();

        assertThat(measurements)
                .extracting(Measurement::unit)
                .containsExactly("calls/s", "calls/s", "calls/CPU-s", "MB", "pairs/s", "pairs/s");
        assertThat(measurements)
                .extracting(Measurement::name)
                .startsWith("chat 8 at once, 50 ms, bound")
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(36));
        assertThat(measurements).allSatisfy(line -> {
            assertThat(line.value()).isPositive();
            assertThat(line.reference()).isPositive();
            assertThat(line.ratio()).isEqualTo(line.value() / line.reference());
        });
        assertThat(measurements.getFirst().reference()).isEqualTo(160);
        assertThat(measurements.getFirst().ratio())
                .as("no more than the latency allows, but for the ends of the window")
                .isLessThan(1.1);
    }
}
