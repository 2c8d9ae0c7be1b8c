package dev.discern.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.api.ScoringApi.ScoringEstimate;
import dev.discern.cli.api.ScoringApi.ScoringResult;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ScoringTextTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void aRunThatItsPilotEndedSaysWhy() {
        ScoringResult result = JSON.readValue("""
                {"runId": 3, "status": "JUDGE_NO_BETTER", "prompts": 1200, "scored": 100, "failed": 0, "failures": {}, "undone": 1100,
                 "calls": 100, "promptTokens": 90000, "completionTokens": 9000, "cost": 0.0189, "resumedFrom": 0, "pairs": 6000,
                 "auditPrompts": 100,
                 "pilot": {"prompts": 100, "judgeAccuracy": {"pairAccuracy": 0.501, "ci95": [0.44, 0.56]},
                           "popularity": {"pairAccuracy": 0.612, "ci95": [0.55, 0.67]},
                           "encoder": {"pairAccuracy": 0.72, "ci95": [0.66, 0.78]},
                           "gate": [], "logLoss": 0.68, "logLossJudgeFree": 0.61, "better": false,
                           "explanation": "The judge is worse than popularity."}}""", ScoringResult.class);

        assertThat(ScoringText.lines(result))
                .containsSubsequence(
                        "run 3: 1,200 prompts, 100 answered, 0 not; 6,000 pairs judged, 100 audit prompts",
                        "pilot of 100 prompts: pair accuracy 0.501, popularity 0.612, encoder 0.720; log loss 0.680 with the judge, 0.610 without",
                        "The judge is worse than popularity.",
                        "The pilot ended the run: 1,100 prompts were not asked. `--force` asks them all the same.");
    }

    @Test
    void aRunWithoutAPilotSaysNothingOfOne() {
        ScoringResult result = JSON.readValue("""
                {"runId": 3, "status": "BUDGET_REACHED", "prompts": 12, "scored": 10, "failed": 0, "failures": {}, "undone": 2,
                 "calls": 10, "promptTokens": 9000, "completionTokens": 900, "cost": 0.00189, "resumedFrom": 0, "pairs": 600,
                 "auditPrompts": 10}""", ScoringResult.class);

        assertThat(ScoringText.lines(result))
                .hasSize(3)
                .noneMatch(line -> line.contains("pilot"))
                .endsWith("The budget is reached: 2 prompts were not asked.");
    }

    @Test
    void anEstimateTellsThePilotsShare() {
        ScoringEstimate estimate = JSON.readValue("""
                {"judge": "chat/m", "prompts": 1200, "answered": 0, "calls": 1200, "promptTokens": 1, "completionTokens": 1,
                 "worstTokens": 2, "pilotPrompts": 100}""", ScoringEstimate.class);

        assertThat(ScoringText.lines(estimate)).endsWith("100 of the prompts are the pilot");
    }
}
