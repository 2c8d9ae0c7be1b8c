package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.training.trainer.InvalidParameterException;
import dev.discern.training.trainer.RegularizerKind;
import dev.discern.training.trainer.TrainingParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

class TrainingPlanTests {

    private static final TrainingParameters ODD =
            new TrainingParameters(7, 3, 2, 1, 0.1234567f, 1e-7f, 0.3f, 2, 0.05f, 11);

    @ParameterizedTest
    @EnumSource(RegularizerKind.class)
    void comesBackFromJobParametersAsItWas(RegularizerKind kind) {
        TrainingPlan plan = new TrainingPlan(
                "bpr-mf", kind, -5, kind.needsJudgments() ? Long.MAX_VALUE : null, 4, ODD, "3-4-0-5-6");

        assertThat(TrainingPlan.of(execution(plan.toJobParameters()))).isEqualTo(plan);
    }

    @Test
    void otherWorkHasAnotherFingerprint() {
        TrainingPlan plan = new TrainingPlan("bpr-mf", RegularizerKind.OFF, 1, null, 1, ODD, "a");

        assertThat(plan.fingerprint())
                .isEqualTo(TrainingPlan.of(execution(plan.toJobParameters())).fingerprint())
                .isNotEqualTo(new TrainingPlan("bpr-mf", RegularizerKind.OFF, 1, null, 1, ODD, "b").fingerprint())
                .isNotEqualTo(new TrainingPlan("bpr-mf", RegularizerKind.OFF, 2, null, 1, ODD, "a").fingerprint());
    }

    @Test
    void saysWhatIsWrong() {
        assertInvalid("backbone", "backbone 'svd' is unknown; known is bpr-mf", "svd", RegularizerKind.OFF, 1);
        assertInvalid("threads", "threads must be in [1, 256], not 0", "bpr-mf", RegularizerKind.OFF, 0);
        assertInvalid(
                "scoringRun",
                "scoringRun is missing: the regularizer judge-free learns from judgments",
                "bpr-mf",
                RegularizerKind.JUDGE_FREE,
                1);
        assertThatThrownBy(() -> RegularizerKind.of("gate"))
                .hasMessage(
                        "unknown regularizer 'gate'; known are off, gated, judge-free, global, pointwise and paper");
    }

    @Test
    void aJobWithoutAPlanSaysWhatItLacks() {
        assertThatThrownBy(() -> TrainingPlan.of(execution(new JobParametersBuilder()
                        .addString("backbone", "bpr-mf")
                        .toJobParameters())))
                .hasMessage("the job lacks its parameter regularizer");
    }

    private static void assertInvalid(String name, String message, String backbone, RegularizerKind kind, int threads) {
        assertThatThrownBy(() -> new TrainingPlan(backbone, kind, 1, null, threads, ODD, ""))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage(message)
                .extracting(e -> ((InvalidParameterException) e).name())
                .isEqualTo(name);
    }

    private static JobExecution execution(JobParameters parameters) {
        return new JobExecution(1, new JobInstance(1, "training"), parameters);
    }
}
