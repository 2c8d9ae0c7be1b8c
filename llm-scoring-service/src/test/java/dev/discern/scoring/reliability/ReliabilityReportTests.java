package dev.discern.scoring.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Popularity;
import dev.discern.scoring.reliability.ReliabilityReport.Slice;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReliabilityReportTests {

    private static final String JUDGE = "embedded/e5-small-v2-q/1";

    /** Won 2 of 2, 2 of 4, 1 of 4 pairs; popularity 1, 0 and 4. */
    private final List<JudgedPrompt> prompts = Judged.all(
            Judged.scores(0.9, 0.1, 0.2).popularity(4, 3, 9).history(1),
            Judged.scores(0.5, 0.1, 0.2, 0.8, 0.9).popularity(5, 6, 6, 6, 6).history(1),
            Judged.scores(0.5, 0.1, 0.6, 0.8, 0.9)
                    .popularity(31, 6, 6, 6, 6)
                    .history(12)
                    .inclusion(1, 0.1, 0.1, 0.2, 0.5));

    static ReliabilityReport report(String judge, List<JudgedPrompt> prompts) {
        Popularity popularity = Popularity.of(new InteractionMatrix(2, new int[] {0, 1}, new int[] {1}));
        return ReliabilityReport.of(
                new ReliabilityReport.Subject(
                        3,
                        judge,
                        "e5-small-v2-q",
                        "v-1",
                        PopularityRanks.of(popularity),
                        20,
                        List.of(new Favourite("i7", 3, 12, 1.5, List.of(1.25, 1.75))),
                        new Cost.Spent(3, 600, 30, 0.06),
                        List.of("A note.")),
                prompts);
    }

    @Test
    void tellsHowOftenTheAuditItemWonOverallAndBySlice() {
        ReliabilityReport report = report(JUDGE, prompts);

        assertThat(report.pairAccuracy()).isEqualTo(5 / 10.0, within(1e-6));
        assertThat(report.popularity().pairAccuracy()).isEqualTo(5 / 10.0, within(1e-6));
        assertThat(report.auditPrompts()).isEqualTo(3);
        assertThat(report.runId()).isEqualTo(3);
        assertThat(report.judge()).isEqualTo(JUDGE);
        assertThat(report.ci95().get(0)).isLessThan(0.5).isGreaterThanOrEqualTo(0.25);
        assertThat(report.ci95().get(1)).isGreaterThan(0.5).isLessThanOrEqualTo(1);
        assertThat(report.bySlice())
                .extracting(Slice::historyLength, Slice::popularity, Slice::n, Slice::pairs)
                .containsExactly(tuple("1", "<=5", 2, 6L), tuple(">10", ">30", 1, 4L));
        assertThat(report.bySlice().get(0).pairAccuracy()).isEqualTo(4 / 6.0, within(1e-6));
        assertThat(report.bySlice().get(0).popularityWins().pairAccuracy()).isEqualTo(1 / 6.0, within(1e-6));
        assertThat(report.bySlice().get(1).ci95()).containsExactly(0.25, 0.25);
        assertThat(report.bySlice().get(1).encoderWins()).isNull();
    }

    @Test
    void tellsWhichPartOfTheCatalogueTheCandidatesStandFor() {
        // 1 / π: 2 + 2, 4 · 2, 10 + 10 + 5 + 2 items of 20
        assertThat(report(JUDGE, prompts).catalogueCoverage()).isEqualTo((4 + 8 + 27) / 3.0 / 20, within(1e-12));
    }

    @Test
    void aFallingAnswerReturnsTheOrderShown() {
        ReliabilityReport report = report(
                JUDGE,
                Judged.all(
                        Judged.scores(0.9, 0.5, 0.5, 0.1),
                        Judged.scores(0.9, 0.5, 0.6, 0.1),
                        Judged.scores(0.5, 0.5, 0.5, 0.5),
                        Judged.scores(0.1, 0.5, 0.6, 0.9)));

        assertThat(report.unchangedOrder().value()).isEqualTo(0.25);
    }

    @Test
    void tellsWhatAPromptAndAPointCost() {
        // right on all pairs where popularity is right on half: 50 points
        Cost cost = report(JUDGE, Judged.all(Judged.scores(0.9, 0.1, 0.2).popularity(5, 4, 6)))
                .cost();

        assertThat(cost).isEqualTo(new Cost(3, 600, 30, 0.06, 0.02, 0.06 / 50));
        assertThat(report(JUDGE, prompts).cost().usdPerPoint())
                .as("no better than popularity")
                .isNull();
    }

    @Test
    void theEncoderStandsBesideTheJudge() {
        ReliabilityReport report =
                report(JUDGE, Judged.all(Judged.scores(0.9, 0.1).encoder(0.2, 0.7), Judged.scores(0.9, 0.1)));

        assertThat(report.encoder())
                .isEqualTo(new ReliabilityReport.Encoder("e5-small-v2-q", 1, 0.0, List.of(0.0, 0.0)));
    }

    @Test
    void theModelStandsBesideTheJudge() {
        ReliabilityReport report = report(
                JUDGE,
                Judged.all(
                        Judged.scores(0.9, 0.1, 0.2).model(2, 3, 1),
                        Judged.scores(0.9, 0.1, 0.2).model(2, 1, Float.NaN),
                        Judged.scores(0.9, 0.1, 0.2)));

        assertThat(report.model().version()).isEqualTo("v-1");
        assertThat(report.model().prompts()).isEqualTo(2);
        assertThat(report.model().pairAccuracy()).as("a loss, two wins").isEqualTo(2 / 3.0, within(1e-12));
        assertThat(report.bySlice().getFirst().modelWins().pairAccuracy()).isEqualTo(2 / 3.0, within(1e-12));
        assertThat(report.weightings()).allSatisfy(weighting -> {
            assertThat(weighting.model().pairAccuracy()).isEqualTo(2 / 3.0, within(1e-12));
            assertThat(weighting.overModel().value()).isEqualTo(1 / 3.0, within(1e-12));
        });
        assertThat(report(JUDGE, prompts).model())
                .as("it knows none of the users")
                .isNull();
        assertThat(report(JUDGE, prompts).verdict().betterThanModel()).isNull();
    }

    @Test
    void keepsTheNamesThatToolsRead() {
        JsonNode json = JsonMapper.shared().valueToTree(report(JUDGE, prompts));

        assertThat(json.propertyNames())
                .contains("runId", "judge", "pairAccuracy", "ci95", "auditPrompts", "bySlice", "popularity");
        assertThat(json.at("/bySlice/0").propertyNames())
                .contains("historyLength", "popularity", "n", "pairAccuracy", "ci95");
        assertThat(json.at("/popularity/pairAccuracy").isNumber()).isTrue();
        assertThat(json.at("/weightings/1/weighting").asString()).isEqualTo("popularity-matched");
    }

    @Test
    void saysNothingWithoutExams() {
        ReliabilityReport report = report("recorded/abc", List.of());

        assertThat(report.pairAccuracy()).isNull();
        assertThat(report.ci95()).isNull();
        assertThat(report.auditPrompts()).isZero();
        assertThat(report.bySlice()).isEmpty();
        assertThat(report.weightings()).isEmpty();
        assertThat(report.calibration()).isNull();
        assertThat(report.popularity()).isEqualTo(new Wins(null, null));
        assertThat(report.verdict().betterThanPopularity()).isNull();
        assertThat(report.verdict().text())
                .isEqualTo("Nothing can be said of this judge: no prompt had an audit item.");
    }

    @Test
    void answersWithoutAuditItemStillShowTheirOrder() {
        ReliabilityReport report =
                report("recorded/abc", Judged.all(Judged.scores(0.9, 0.5, 0.1).audit(-1)));

        assertThat(report.prompts()).isEqualTo(1);
        assertThat(report.auditPrompts()).isZero();
        assertThat(report.unchangedOrder().value()).isEqualTo(1);
        assertThat(report.pairAccuracy()).isNull();
    }
}
