package dev.discern.scoring.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.judgment.AuditJudgment;
import dev.discern.scoring.reliability.ReliabilityReport.Slice;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReliabilityReportTests {

    @Test
    void tellsHowOftenTheAuditItemWonOverallAndBySlice() {
        ReliabilityReport report = ReliabilityReport.of(
                3,
                "embedded/e5-small-v2-q/1",
                List.of(
                        exam(1, 3, 1.0f, 0.5f, 1, 4),
                        exam(2, 5, 0.5f, 0.0f, 1, 5),
                        exam(3, 5, 0.25f, 1.0f, 3, 6),
                        exam(4, 11, 0.6f, 0.9f, 11, 31)));

        // 2 of 2, 2 of 4, 1 of 4 and 6 of 10 pairs; popularity 1, 0, 4 and 9
        assertThat(report.pairAccuracy()).isEqualTo(11 / 20.0, within(1e-6));
        assertThat(report.popularity().pairAccuracy()).isEqualTo(14 / 20.0, within(1e-6));
        assertThat(report.auditPrompts()).isEqualTo(4);
        assertThat(report.runId()).isEqualTo(3);
        assertThat(report.judge()).isEqualTo("embedded/e5-small-v2-q/1");
        assertThat(report.ci95().get(0)).isLessThan(0.55).isGreaterThanOrEqualTo(0.25);
        assertThat(report.ci95().get(1)).isGreaterThan(0.55).isLessThanOrEqualTo(1);
        assertThat(report.bySlice())
                .extracting(Slice::historyLength, Slice::popularity, Slice::n)
                .containsExactly(tuple("1", "<=5", 2), tuple("2-3", "6-30", 1), tuple(">10", ">30", 1));
        assertThat(report.bySlice().get(0).pairAccuracy()).isEqualTo(4 / 6.0, within(1e-6));
        assertThat(report.bySlice().get(1).ci95()).containsExactly(0.25, 0.25);
    }

    @Test
    void saysNothingWithoutExams() {
        ReliabilityReport report = ReliabilityReport.of(3, "recorded/abc", List.of());

        assertThat(report.pairAccuracy()).isNull();
        assertThat(report.ci95()).isNull();
        assertThat(report.auditPrompts()).isZero();
        assertThat(report.bySlice()).isEmpty();
        assertThat(report.popularity()).isEqualTo(new Wins(null, null));
    }

    private static AuditJudgment exam(
            long user, int candidates, float wins, float popularityWins, int historyLength, int popularity) {
        return new AuditJudgment(user, 100, 1, candidates, wins, popularityWins, historyLength, popularity);
    }
}
