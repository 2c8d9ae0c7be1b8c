package dev.discern.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.api.TrainingApi.Gate;
import dev.discern.cli.api.TrainingApi.TrainingResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrainingTextTests {

    @Test
    void aModelWithoutAGateIsOneLine() {
        assertThat(TrainingText.lines(result(null)))
                .containsExactly("m-1: bpr-mf, gated, seed 1; best epoch 3 of 5, validation {ndcg@10=0.25}");
    }

    @Test
    void saysThatAJudgeWhoKnowsNothingIsNotHeard() {
        assertThat(TrainingText.lines(result(gate(0.02, 0.05, 0.1018, 0.1007))))
                .containsSubsequence(
                        "Gate: g0 +0.020 ± 0.098 (g3 goes by the uncertainty candidates): none of them differs from 0, so the judge is hardly heard.",
                        "Gate: log loss on pairs that it was not fitted on: 0.1018 with the judge, 0.1007 without: "
                                + "the judge tells nothing new, and cannot help here.");
    }

    @Test
    void saysThatAJudgeWhoKnowsSomethingIs() {
        assertThat(TrainingText.lines(result(gate(0.5, 0.1, 0.09, 0.1))))
                .anySatisfy(line -> assertThat(line).contains("g0 +0.500 ± 0.196", "the judge is heard"))
                .anySatisfy(line -> assertThat(line).endsWith("the judge tells something new."));
    }

    private static Gate gate(double value, double standardError, double logLoss, double logLossJudgeFree) {
        return new Gate(
                "candidates",
                List.of(new Gate.Coefficient("a", 1, 0.1), new Gate.Coefficient("g0", value, standardError)),
                logLoss,
                logLossJudgeFree,
                0.01,
                null,
                null,
                null);
    }

    private static TrainingResult result(@Nullable Gate gate) {
        return new TrainingResult("m-1", "bpr-mf", "gated", 1, 3, 5, Map.of("ndcg@10", 0.25), gate, null);
    }
}
