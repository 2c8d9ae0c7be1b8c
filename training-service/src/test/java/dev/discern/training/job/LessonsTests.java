package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.JudgedItems;
import dev.discern.common.data.HistoryBucket;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.gate.GateReport;
import dev.discern.training.gate.UncertaintyKind;
import dev.discern.training.testing.PlantedData;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.BprMfParameters;
import dev.discern.training.trainer.Fitting;
import dev.discern.training.trainer.RegularizerKind;
import dev.discern.training.trainer.Trainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LessonsTests {

    private static final int WARM_UP = 5;
    private static final BprMfParameters PARAMETERS =
            new BprMfParameters(4, 10, 10, WARM_UP, 1, 0.01f, 0.3f, 1, 0.01f, 20);

    private final PlantedData planted = PlantedData.small();

    /** A job that was killed before its gate was written warms up again. */
    @ParameterizedTest
    @EnumSource(UncertaintyKind.class)
    void aGateThatIsFittedAgainIsTheSame(UncertaintyKind uncertainty) throws IOException {
        Calibration first = lessons(uncertainty, 1).calibrate(this::warmUp);
        Calibration again = lessons(uncertainty, 1).calibrate(this::warmUp);

        assertThat(again.report()).isEqualTo(first.report());
        assertThat(again.targets()).isEqualTo(first.targets());
        assertThat(first.report().uncertainty()).isEqualTo(uncertainty.label());
        assertThat(lessons(uncertainty, 2).calibrate(this::warmUp).targets()).isNotEqualTo(first.targets());
    }

    @Test
    void onlyAnEnsembleWarmsUpASecondModel() throws IOException {
        assertThat(warmUps(UncertaintyKind.CANDIDATES))
                .isEqualTo(Stream.of(1, 2, 3, 4, 5).map(epoch -> "1: " + epoch).toList());
        assertThat(warmUps(UncertaintyKind.ENSEMBLE))
                .hasSize(2 * WARM_UP)
                .startsWith("1: 1", "1: 2")
                .endsWith("2: 4", "2: 5");
    }

    /** By hand: every pair, its user's bucket, and how far the regularizer trusts the judge of it. */
    @Test
    void whatAJudgeTaughtIsTold() throws IOException {
        Lessons gated = lessons(UncertaintyKind.SCORE_ENTROPY, 1);
        Calibration calibration = gated.calibrate(this::warmUp);
        assertThat(calibration.report().judgeHelps()).isTrue();
        JudgedItems told = Objects.requireNonNull(gated.taught(calibration));
        JudgedItems trusted =
                Objects.requireNonNull(lessons(RegularizerKind.GLOBAL).taught(null));
        JudgedPairs pairs = calibration.pairs();
        int item = pairs.preferred()[0];
        HistoryBucket bucket = HistoryBucket.of(train().length(pairs.user()[0]));

        int stood = 0;
        int won = 0;
        double gate = 0;
        for (int n = 0; n < pairs.size(); n++) {
            boolean isOf = HistoryBucket.of(train().length(pairs.user()[n])) == bucket;
            if (isOf && (pairs.preferred()[n] == item || pairs.other()[n] == item)) {
                stood++;
                won += pairs.preferred()[n] == item ? 1 : 0;
                gate += calibration.targets()[n];
            }
        }

        assertThat(told.of(item, bucket)).contains(new JudgedItems.Judged(stood, won, (float) (gate / stood)));
        assertThat(trusted.of(item, bucket)).contains(new JudgedItems.Judged(stood, won, 1));
        assertThat(Arrays.stream(told.pairs()).sum()).isEqualTo(2 * pairs.size());
        assertThat(Arrays.stream(told.wins()).sum()).isEqualTo(pairs.size());
    }

    @Test
    void ofAControlOrAClosedGateNoJudgeIsTold() throws IOException {
        Calibration open = lessons(UncertaintyKind.SCORE_ENTROPY, 1).calibrate(this::warmUp);
        GateReport report = open.report();
        Calibration closed = new Calibration(
                new GateReport(
                        report.uncertainty(),
                        report.coefficients(),
                        report.logLossJudgeFree(),
                        report.logLossJudgeFree(),
                        report.ece(),
                        report.eceJudgeFree(),
                        report.fitPairs(),
                        report.checkPairs()),
                open.pairs(),
                open.targets());

        assertThat(lessons(RegularizerKind.GATED).taught(closed)).isNull();
        for (RegularizerKind control : List.of(
                RegularizerKind.OFF,
                RegularizerKind.JUDGE_FREE,
                RegularizerKind.JUDGE_PICKS,
                RegularizerKind.PLACEBO,
                RegularizerKind.KAR)) {
            assertThat(lessons(control).taught(control.needsGate() ? open : null))
                    .as(control.label())
                    .isNull();
        }
    }

    private InteractionMatrix train() {
        return planted.data().split().train();
    }

    private DotProductModel warmUp(int number, Fitting fitting) {
        return new Trainer(fitting, PARAMETERS).warmUp(WARM_UP, epoch -> {});
    }

    private List<String> warmUps(UncertaintyKind uncertainty) throws IOException {
        List<String> epochs = new ArrayList<>();
        lessons(uncertainty, 1)
                .calibrate((number, fitting) -> new Trainer(fitting, PARAMETERS)
                        .warmUp(WARM_UP, epoch -> epochs.add("%d: %d".formatted(number, epoch.epoch()))));
        return epochs;
    }

    private Lessons lessons(UncertaintyKind uncertainty, long seed) {
        return lessons(RegularizerKind.GATED, uncertainty, seed);
    }

    private Lessons lessons(RegularizerKind regularizer) {
        return lessons(regularizer, regularizer.needsGate() ? UncertaintyKind.SCORE_ENTROPY : null, 1);
    }

    private Lessons lessons(RegularizerKind regularizer, @Nullable UncertaintyKind uncertainty, long seed) {
        return new Lessons(
                new TrainingPlan(
                        BackboneKind.BPR_MF, regularizer, seed, 1L, 1, null, uncertainty, PARAMETERS, "planted"),
                planted.data(),
                null,
                planted.judgments(6),
                null);
    }
}
