package dev.discern.scoring.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.scoring.candidate.Quotas;
import dev.discern.scoring.policy.AskingPolicy;
import dev.discern.scoring.policy.PolicyChoice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import tools.jackson.databind.json.JsonMapper;

class ScoringPlanTests {

    @Test
    void goesThroughJobParameters() {
        ScoringPlan plan =
                new ScoringPlan("recorded", "e5-small-v2-q", "abc", 7, -1, 60, new Quotas(1, 2, 3, 4), "v 1");
        JobParameters parameters = plan.toJobParameters();

        JobExecution execution = new JobExecution(1, new JobInstance(1, "scoring"), parameters);

        assertThat(ScoringPlan.of(execution)).isEqualTo(plan);
        assertThat(parameters.getIdentifyingParameters())
                .as("another plan is other work")
                .hasSize(2);
    }

    @Test
    void aPlanFromBeforeModelsIsTheSameWork() {
        String stored =
                "{\"judge\":\"embedded\",\"encoder\":\"e5-small-v2-q\",\"judgments\":null,\"users\":7,\"seed\":1,\"pairsPerUser\":60,"
                        + "\"quotas\":{\"uniform\":12,\"popular\":3,\"tail\":2,\"cold\":2},\"chat\":null,\"dataVersion\":\"v\"}";
        ScoringPlan plan = plan("embedded", "e5-small-v2-q", null, 7, 60);

        assertThat(plan.toJobParameters().getString("plan")).isEqualTo(stored);
        assertThat(JsonMapper.shared().readValue(stored, ScoringPlan.class)).isEqualTo(plan);
    }

    @Test
    void theModelIsPartOfThePlan() {
        ScoringPlan plan = new ScoringPlan(
                "embedded", "e5-small-v2-q", null, 7, 1, 60, new Quotas(6, 0, 0, 0, 6, 7), "v-1", null, null, "v");
        JobExecution execution = new JobExecution(1, new JobInstance(1, "scoring"), plan.toJobParameters());

        assertThat(ScoringPlan.of(execution)).isEqualTo(plan);
        assertThat(plan.toJobParameters().toString()).contains("\"model\":6,\"rescue\":7", "\"model\":\"v-1\"");
    }

    @Test
    void candidatesOfTheModelNeedOne() {
        Quotas quotas = new Quotas(6, 0, 0, 0, 6, 0);
        assertThatExceptionOfType(InvalidPlanException.class)
                .isThrownBy(() -> new ScoringPlan("embedded", "e5-small-v2-q", null, 7, 1, 60, quotas, "v"))
                .withMessage("candidates of the model need the version of a published model");
        assertThatExceptionOfType(InvalidPlanException.class)
                .isThrownBy(() ->
                        new ScoringPlan("recorded", "e5-small-v2-q", "abc", 7, 1, 60, quotas, "v-1", null, null, "v"))
                .withMessage("the recorded judge has the candidates of its file");
    }

    @Test
    void anotherPlanIsOtherWork() {
        // as text, for parameters of the same name are equal to Spring Batch
        assertThat(plan("embedded", "e5-small-v2-q", null, 7, 60).toJobParameters())
                .hasToString(parameters("e5-small-v2-q", 7, 60))
                .doesNotHaveToString(parameters("e5-small-v2-q", 8, 60))
                .doesNotHaveToString(parameters("all-minilm-l6-v2-q", 7, 60))
                .doesNotHaveToString(parameters("e5-small-v2-q", 7, 61));
    }

    @Test
    void whatWasAskedForBeforeThereWerePoliciesIsTheSameWork() {
        assertThat(plan(null).toJobParameters().toString())
                .isEqualTo(plan(PolicyChoice.EVERYBODY).toJobParameters().toString())
                .doesNotContain("asking");
        assertThat(plan(null).policy()).isEqualTo(AskingPolicy.ALL);
    }

    @Test
    void thePolicyGoesThroughJobParametersByItsName() {
        ScoringPlan plan = plan(new PolicyChoice(AskingPolicy.GATE_BUDGET, true));
        JobParameters parameters = plan.toJobParameters();

        assertThat(parameters.toString()).contains("gate-budget");
        assertThat(ScoringPlan.of(new JobExecution(1, new JobInstance(1, "scoring"), parameters)))
                .isEqualTo(plan);
    }

    private static ScoringPlan plan(@Nullable PolicyChoice asking) {
        return new ScoringPlan("embedded", "e5-small-v2-q", null, 7, 1, 60, Quotas.DEFAULTS, null, null, asking, "v");
    }

    private static String parameters(String encoder, int users, int pairsPerUser) {
        return plan("embedded", encoder, null, users, pairsPerUser)
                .toJobParameters()
                .toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "oracle; e5-small-v2-q; -; -; 60; judge; unknown judge 'oracle'; known are embedded, recorded, chat and batch",
                "embedded; bert; -; -; 60; encoder; unknown encoder 'bert'; known are e5-small-v2-q and"
                        + " all-minilm-l6-v2-q",
            })
    void refusesWhatItDoesNotKnow(
            String judge,
            String encoder,
            @Nullable String judgments,
            @Nullable Integer users,
            int pairs,
            String member,
            String message,
            String known) {
        assertThatExceptionOfType(InvalidPlanException.class)
                .isThrownBy(() -> plan(judge, encoder, judgments, users, pairs))
                .withMessage(message + "; " + known)
                .satisfies(e -> assertThat(e.member()).isEqualTo(member));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "recorded; -; -; 60; judgments; the recorded judge needs judgments: the id of an uploaded file",
                "embedded; -; 0; 60; users; users must be at least 1, not 0",
                "embedded; -; -5; 60; users; users must be at least 1, not -5",
                "embedded; -; -; 0; pairsPerUser; pairsPerUser must be in [1, 190], not 0",
                "embedded; -; -; 191; pairsPerUser; pairsPerUser must be in [1, 190], not 191",
            })
    void refusesWhatCannotBe(
            String judge,
            @Nullable String judgments,
            @Nullable Integer users,
            int pairs,
            String member,
            String message) {
        assertThatExceptionOfType(InvalidPlanException.class)
                .isThrownBy(() -> plan(judge, "e5-small-v2-q", judgments, users, pairs))
                .withMessage(message)
                .satisfies(e -> assertThat(e.member()).isEqualTo(member));
    }

    private static ScoringPlan plan(
            String judge, String encoder, @Nullable String judgments, @Nullable Integer users, int pairsPerUser) {
        return new ScoringPlan(judge, encoder, judgments, users, 1, pairsPerUser, Quotas.DEFAULTS, "v");
    }
}
