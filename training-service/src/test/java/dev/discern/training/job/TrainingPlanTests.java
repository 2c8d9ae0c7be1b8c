package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.training.gate.PairKind;
import dev.discern.training.gate.UncertaintyKind;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.BprMfParameters;
import dev.discern.training.trainer.HistoryParameters;
import dev.discern.training.trainer.InvalidParameterException;
import dev.discern.training.trainer.RegularizerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

class TrainingPlanTests {

    private static final BprMfParameters ODD = new BprMfParameters(7, 3, 2, 1, 0.1234567f, 1e-7f, 0.3f, 2, 0.05f, 11);

    @ParameterizedTest
    @EnumSource(RegularizerKind.class)
    void comesBackFromJobParametersAsItWas(RegularizerKind kind) {
        TrainingPlan plan = new TrainingPlan(
                BackboneKind.BPR_MF,
                kind,
                -5,
                kind.needsJudgments() ? Long.MAX_VALUE : null,
                4,
                PairKind.RESCUE,
                kind.needsGate() ? UncertaintyKind.DROPOUT : null,
                ODD,
                "3-4-0-5-6");

        assertThat(TrainingPlan.of(execution(plan.toJobParameters()))).isEqualTo(plan);
    }

    @Test
    void everyBackboneHasParametersOfItsOwn() {
        HistoryParameters odd = new HistoryParameters(
                7, 5, 3, 9, 11, 0.1234567f, 0.1f, 0.3f, 2.5f, 7, 0.25f, 13, 1, 0, 1, 2, 0.05f, 17);
        TrainingPlan plan =
                new TrainingPlan(BackboneKind.HISTORY, RegularizerKind.OFF, 1, null, 1, null, null, odd, "a");

        assertThat(TrainingPlan.of(execution(plan.toJobParameters()))).isEqualTo(plan);
        assertThatThrownBy(() ->
                        new TrainingPlan(BackboneKind.HISTORY, RegularizerKind.OFF, 1, null, 1, null, null, ODD, "a"))
                .hasMessage("history does not take BprMfParameters");
    }

    @Test
    void otherWorkHasAnotherFingerprint() {
        TrainingPlan plan =
                new TrainingPlan(BackboneKind.BPR_MF, RegularizerKind.OFF, 1, null, 1, null, null, ODD, "a");

        assertThat(plan.fingerprint())
                .isEqualTo(TrainingPlan.of(execution(plan.toJobParameters())).fingerprint())
                .isNotEqualTo(
                        new TrainingPlan(BackboneKind.BPR_MF, RegularizerKind.OFF, 1, null, 1, null, null, ODD, "b")
                                .fingerprint())
                .isNotEqualTo(
                        new TrainingPlan(BackboneKind.BPR_MF, RegularizerKind.OFF, 2, null, 1, null, null, ODD, "a")
                                .fingerprint());
    }

    @Test
    void anotherUncertaintyIsOtherWork() {
        TrainingPlan plan = gated(UncertaintyKind.CANDIDATES);

        assertThat(plan.fingerprint())
                .contains("CANDIDATES")
                .isNotEqualTo(gated(UncertaintyKind.ENSEMBLE).fingerprint());
        assertThat(plan.toJobParameters().getString("uncertainty")).isEqualTo("candidates");
    }

    /** Jobs and files of before there was a choice. */
    @Test
    void aGateThatSaysNothingOfItsUncertaintyGoesByTheEntropyOfScores() {
        JobParametersBuilder before = new JobParametersBuilder();
        gated(UncertaintyKind.CANDIDATES).toJobParameters().forEach(parameter -> {
            if (!parameter.name().equals("uncertainty")) {
                before.addJobParameter(parameter);
            }
        });

        assertThat(TrainingPlan.of(execution(before.toJobParameters())))
                .isEqualTo(gated(UncertaintyKind.SCORE_ENTROPY));
        assertThat(new TrainingPlan(BackboneKind.BPR_MF, RegularizerKind.OFF, 1, null, 1, null, null, ODD, "a")
                        .fingerprint())
                .doesNotContain("uncertainty");
    }

    private static TrainingPlan gated(UncertaintyKind uncertainty) {
        return new TrainingPlan(BackboneKind.BPR_MF, RegularizerKind.GATED, 1, 7L, 1, null, uncertainty, ODD, "a");
    }

    @Test
    void theVersionThatTrainingBeginsWithIsPartOfTheWork() {
        TrainingPlan fresh =
                new TrainingPlan(BackboneKind.BPR_MF, RegularizerKind.OFF, 1, null, 1, null, null, ODD, "a");
        TrainingPlan warm = new TrainingPlan(
                BackboneKind.BPR_MF, RegularizerKind.OFF, 1, null, 1, null, null, "bpr-mf-off-3", ODD, "a");

        assertThat(TrainingPlan.of(execution(warm.toJobParameters()))).isEqualTo(warm);
        assertThat(warm.fingerprint()).contains("\"warmStart\":\"bpr-mf-off-3\"");
        assertThat(fresh.fingerprint())
                .doesNotContain("warmStart"); // work from before there was a choice is the same work
        assertThat(fresh.toJobParameters().getString("warmStart")).isNull();
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> BackboneKind.of("svd"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("backbone 'svd' is unknown; known are bpr-mf, history, lightgcn");
        assertInvalid("threads", "threads must be in [1, 256], not 0", RegularizerKind.OFF, 0);
        assertInvalid(
                "scoringRun",
                "scoringRun is missing: the regularizer judge-free learns from judgments",
                RegularizerKind.JUDGE_FREE,
                1);
        assertThatThrownBy(() -> RegularizerKind.of("gate"))
                .hasMessage(
                        "unknown regularizer 'gate'; known are off, gated, judge-free, judge-picks, placebo, global, pointwise, llm-cf, kar, paper");
    }

    @Test
    void aJobWithoutAPlanSaysWhatItLacks() {
        assertThatThrownBy(() -> TrainingPlan.of(execution(new JobParametersBuilder()
                        .addString("backbone", "bpr-mf")
                        .toJobParameters())))
                .hasMessage("the job lacks its parameter regularizer");
    }

    private static void assertInvalid(String name, String message, RegularizerKind kind, int threads) {
        assertThatThrownBy(() -> new TrainingPlan(
                        BackboneKind.BPR_MF,
                        kind,
                        1,
                        null,
                        threads,
                        null,
                        kind.needsGate() ? UncertaintyKind.DROPOUT : null,
                        ODD,
                        ""))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage(message)
                .extracting(e -> ((InvalidParameterException) e).name())
                .isEqualTo(name);
    }

    private static JobExecution execution(JobParameters parameters) {
        return new JobExecution(1, new JobInstance(1, "training"), parameters);
    }
}
