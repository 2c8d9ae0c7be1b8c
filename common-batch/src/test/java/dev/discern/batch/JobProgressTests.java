package dev.discern.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JobProgressTests {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final JobProgress progress = new JobProgress(((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    @Test
    void tellsTheShareThatIsDone() {
        assertThat(after(0, "rows", 3, 12).percent()).isEqualTo(25);
        assertThat(after(0, "rows", 12, 12).percent()).isEqualTo(100);
        assertThat(after(0, "unknown total", 7, 0).percent()).isZero();
    }

    @Test
    void expectsTheRestAtTheRateSoFar() {
        assertThat(after(0, "rows", 100, 500).etaSeconds())
                .as("it has not moved yet")
                .isEmpty();

        // 50 rows in 10 s leave 350 rows for 70 s; what was done before the first report does not count
        assertThat(after(10, "rows", 150, 500).etaSeconds()).hasValue(70);
        assertThat(after(10, "rows", 500, 500).etaSeconds()).hasValue(0);
    }

    @Test
    void expectsNothingWithoutATotalOrWithoutTime() {
        after(0, "rows", 0, 0);
        assertThat(after(10, "rows", 50, 0).etaSeconds()).isEmpty();

        after(0, "texts", 0, 100);
        assertThat(after(0, "texts", 50, 100).etaSeconds()).isEmpty();
    }

    @Test
    void anotherStepStartsItsOwnClock() {
        after(0, "fast", 0, 10);
        after(1, "fast", 10, 10);
        assertThat(after(100, "slow", 0, 10).etaSeconds()).isEmpty();
        assertThat(after(10, "slow", 1, 10).etaSeconds()).hasValue(90);
    }

    @Test
    void aStepThatBeginsAgainStartsItsClockAgain() {
        after(0, "epochs", 0, 10);
        after(10, "epochs", 5, 10);
        assertThat(after(10, "epochs", 1, 10).etaSeconds()).isEmpty();
        assertThat(after(10, "epochs", 2, 10).etaSeconds()).hasValue(80);
    }

    @Test
    void keepsJobsApartAndForgetsThem() {
        progress.report(1, new Progress("rows", 1, 2, "rows", ""));
        progress.report(2, new Progress("rows", 2, 2, "rows", ""));
        progress.end(1);

        assertThat(progress.of(1)).isNull();
        assertThat(progress.of(2)).isNotNull();
    }

    private JobProgress.Tracked after(int seconds, String step, long done, long total) {
        now = now.plus(Duration.ofSeconds(seconds));
        progress.report(7, new Progress(step, done, total, "rows", ""));
        return Objects.requireNonNull(progress.of(7));
    }
}
