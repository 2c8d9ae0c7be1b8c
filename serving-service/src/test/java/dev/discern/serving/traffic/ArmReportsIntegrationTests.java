package dev.discern.serving.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.common.testing.TestDatabase;
import dev.discern.serving.live.Database;
import dev.discern.serving.live.LiveFeed;
import dev.discern.web.problem.ProblemException;
import java.time.Clock;
import java.time.LocalDate;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class ArmReportsIntegrationTests {

    private static final LocalDate DAY = LocalDate.parse("2026-01-31");

    private final TestDatabase database = TestDatabase.empty();
    private final ArmReports reports =
            new ArmReports(new Database(database.dataSource(), new LiveFeed(null, Clock.systemUTC())));

    @Test
    void untilTheTableIsThereTheReportTellsWhoMakesIt() {
        migrateTo("15");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reports.since(DAY))
                .satisfies(problem -> {
                    assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
                    assertThat(problem.code()).isEqualTo("MIGRATION_MISSING");
                    assertThat(problem.retryAfterSeconds()).isPositive();
                    assertThat(problem)
                            .hasMessageContainingAll("arm_answers", "V16", "the scoring and the training service");
                });

        migrateTo("latest");
        assertThat(reports.since(DAY).arms()).isEmpty();
    }

    private void migrateTo(String version) {
        Flyway.configure()
                .dataSource(database.dataSource())
                .target(version)
                .load()
                .migrate();
    }
}
