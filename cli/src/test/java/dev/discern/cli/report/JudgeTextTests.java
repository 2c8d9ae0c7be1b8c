package dev.discern.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.api.ScoringApi.Reliability;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JudgeTextTests {

    private static Reliability report(String json) {
        return JsonMapper.shared().readValue(json, Reliability.class);
    }

    @Test
    void laysOutTheWholeReport() {
        Reliability report = report("""
                {"runId":4,"judge":"chat/model","pairAccuracy":0.8,"ci95":[0.78,0.82],"auditPrompts":1200,
                 "bySlice":[
                  {"historyLength":"1","popularity":"<=5","n":12,"pairAccuracy":0.6,"ci95":[0.5,0.7],"popularityWins":{"pairAccuracy":0.1}},
                  {"historyLength":">10","popularity":">30","n":1188,"pairAccuracy":0.9,"ci95":[0.8,0.95],"popularityWins":{"pairAccuracy":0.7}}],
                 "popularity":{"pairAccuracy":0.45,"ci95":[0.4,0.5]},
                 "verdict":{"text":"The judge is better than popularity."},
                 "weightings":[{"weighting":"as-asked","pairs":22800,"judge":{"pairAccuracy":0.8,"ci95":[0.78,0.82]},
                  "popularity":{"pairAccuracy":0.45,"ci95":[0.4,0.5]},"overPopularity":{"value":0.35,"ci95":[0.3,0.4]}}],
                 "catalogueCoverage":0.994,
                 "calibration":{"slope":1.5,"slopeCi95":[1.2,1.8],"ece":0.012,"brier":0.151,
                  "curve":[{"pairs":300,"promised":0.55,"observed":0.56,"ci95":[0.5,0.6]},{"pairs":900,"promised":0.91,"observed":0.9,"ci95":[0.88,0.92]}]},
                 "popularityLift":{"judge":{"value":0.05,"ci95":[0.01,0.09]},"popularity":{"value":0.3,"ci95":[0.29,0.31]},"users":{}},
                 "slotEffect":{"firstOverSecondHalf":{"value":-0.02,"ci95":[-0.05,0.01]},
                  "slots":[{"audit":{"pairAccuracy":0.78}},{"audit":{}},{"audit":{"pairAccuracy":0.84}}]},
                 "unchangedOrder":{"value":0.005,"ci95":[0.0,0.01]},
                 "cost":{"usd":1.25,"usdPerPrompt":0.001,"usdPerPoint":0.036},
                 "notes":["The data have changed."]}""");

        assertThat(JudgeText.lines(report))
                .containsExactly(
                        "Judge chat/model: right on 0.800 [0.780, 0.820] of the pairs with a held-out interaction (1,200 audit prompts).",
                        "Popularity alone: 0.450 [0.400, 0.500] of the same pairs.",
                        "The judge is better than popularity.",
                        "",
                        "pairs     number  judge                 popularity            difference               encoder  difference",
                        "as-asked  22,800  0.800 [0.780, 0.820]  0.450 [0.400, 0.500]  +0.350 [+0.300, +0.400]  –        –",
                        "The candidates stand for 99.4 % of the catalogue.",
                        "",
                        "history  item seen <=5       6-30  >30",
                        "1        0.600 / 0.100 (12)  –     –",
                        ">10      –                   –     0.900 / 0.700 (1,188)",
                        "Judge / popularity (prompts), by the user's history and the held-out item's interactions.",
                        "",
                        "promised  observed              pairs",
                        "0.550     0.560 [0.500, 0.600]  300",
                        "0.910     0.900 [0.880, 0.920]  900",
                        "Calibration error 0.012, Brier 0.151 (.250 is chance), slope of the margin +1.500 [+1.200, +1.800].",
                        "",
                        "Popularity lift of its preferences: +0.050 [+0.010, +0.090]; of an order by popularity +0.300 [+0.290, +0.310]; of what users chose –.",
                        "First half of the slots over the second: -0.020 [-0.050, +0.010] standard deviations; audit accuracy 0.78 to 0.84 by slot.",
                        "Answers that return the order shown: 0.5 %.",
                        "Cost: $1.2500, $0.001000 a prompt, $0.036000 a point above popularity.",
                        "",
                        "The data have changed.");
    }

    @Test
    void theModelStandsBesideTheJudge() {
        Reliability report = report("""
                {"runId":4,"judge":"x","pairAccuracy":0.8,"ci95":[0.78,0.82],"auditPrompts":12,
                 "bySlice":[{"historyLength":"1","popularity":"<=5","n":12,"pairAccuracy":0.6,
                  "popularityWins":{"pairAccuracy":0.1},"modelWins":{"pairAccuracy":0.3}}],
                 "model":{"version":"v-1","prompts":9,"pairAccuracy":0.7,"ci95":[0.65,0.75]},
                 "weightings":[{"weighting":"as-asked","pairs":228,"judge":{"pairAccuracy":0.8},
                  "popularity":{"pairAccuracy":0.45},"overPopularity":{"value":0.35},
                  "model":{"pairAccuracy":0.7,"ci95":[0.65,0.75]},"overModel":{"value":0.1,"ci95":[0.05,0.15]}}]}""");

        assertThat(JudgeText.lines(report))
                .contains(
                        "The model v-1: 0.700 [0.650, 0.750] of those that it knows.",
                        "pairs     model                 judge - model",
                        "as-asked  0.700 [0.650, 0.750]  +0.100 [+0.050, +0.150]",
                        "1        0.600 / 0.100 / 0.300 (12)  –     –",
                        "Judge / popularity / model (prompts), by the user's history and the held-out item's interactions.");
    }

    @Test
    void aReportWithoutExamsIsShort() {
        assertThat(JudgeText.lines(
                        report("{\"runId\":4,\"judge\":\"x\",\"auditPrompts\":0,\"bySlice\":[],\"popularity\":{}}")))
                .containsExactly(
                        "Judge x: right on – of the pairs with a held-out interaction (0 audit prompts).",
                        "Popularity alone: – of the same pairs.");
    }
}
