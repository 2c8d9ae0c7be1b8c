package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.command.Session;
import dev.discern.cli.settings.Settings;
import dev.discern.cli.testing.FakeService;
import dev.discern.cli.testing.TestTerminal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search as a user sees it. */
class SearchCommandTests {

    private static final String SEARCH = "/v1/admin/search-jobs";

    @TempDir
    Path folder;

    private final TestTerminal terminal = new TestTerminal();
    private final FakeService training = FakeService.start();

    @AfterEach
    void stop() {
        training.close();
    }

    private int run(String... arguments) {
        Map<String, String> environment = Map.of("DISCERN_TRAINING_PORT", Integer.toString(training.port()));
        return Discern.run(new Session(new Settings(environment, folder), terminal.terminal()), arguments);
    }

    private void answer(String chosen) {
        training.on("POST " + SEARCH, 200, """
                {"id":3,"name":"search","status":"COMPLETED","result":{"backbone":"history","regularizer":"gated","seed":2,"scoringRun":7,
                 "strategy":"halving","rungs":[{"number":1,"trials":3,"epochs":2},{"number":2,"trials":1,"epochs":4}],"trials":[
                 {"trial":1,"parameters":{"lambda":100},"rungs":[{"trial":1,"rung":1,"epochs":2,"seconds":0.5,"failure":"training diverged"}]},
                 {"trial":2,"parameters":{"lambda":0.1},"rungs":[{"trial":2,"rung":1,"epochs":2,"validation":0.02,"seconds":1.0}]},
                 {"trial":3,"parameters":{"lambda":0.3},"rungs":[{"trial":3,"rung":1,"epochs":2,"validation":0.03,"seconds":1.0},
                  {"trial":3,"rung":2,"epochs":4,"validation":0.01,"seconds":2.0}]}],"chosen":%s}}""".formatted(chosen));
    }

    @Test
    void printsTheBestTrialsAndHowToTrainTheChosenOne() {
        answer("""
                {"trial":3,"rung":2,"parameters":{"lambda":0.3},"validation":0.01,"warnings":[],
                 "test":{"all":{"auc":0.7,"ndcg@10":0.0123,"recall@20":0.04,"users":9},"cold":{"auc":null,"users":0}},
                 "training":{"backbone":"history","regularizer":"gated","seed":2,"scoringRun":7,"threads":1,
                  "parameters":{"dim":8,"lambda":0.3,"epochs":4}}}""");

        assertThat(run(
                        "search",
                        "--backbone",
                        "history",
                        "--judgments",
                        "7",
                        "--seed",
                        "2",
                        "--trials",
                        "3",
                        "--strategy",
                        "halving",
                        "--range",
                        "lambda=0.1,0.3,100",
                        "--range",
                        "learningRate=1e-3..0.1:log",
                        "--param",
                        "dim=8",
                        "--json",
                        "search.json"))
                .as(terminal.err())
                .isZero();

        assertThat(training.requests("POST", SEARCH).getFirst().body())
                .contains("\"lambda\":{\"low\":null,\"high\":null,\"scale\":null,\"values\":[0.1,0.3,100]}")
                .contains("\"learningRate\":{\"low\":0.001,\"high\":0.1,\"scale\":\"log\",\"values\":null}")
                .contains("\"strategy\":\"halving\"")
                .contains("\"scoringRun\":7");
        assertThat(terminal.out().lines())
                .containsSubsequence(
                        "trial  validation NDCG@10  epochs  seconds  lambda",
                        "3      0.0100              4       3.0      0.3",
                        "2      0.0200              2       1.0      0.1",
                        "1      diverged            2       0.5      100",
                        "1 of 3 trials diverged, the first: training diverged",
                        "Chosen by validation alone: trial 3.",
                        "Its test metrics, computed once and for it alone: AUC 0.7000, NDCG@10 0.0123, RECALL@20 0.0400.",
                        "  discern train --backbone history --regularizer gated --seed 2 --judgments 7 --param dim=8"
                                + " --param lambda=0.3 --param epochs=4");
        assertThat(folder.resolve("search.json")).content().contains("training diverged");
    }

    @Test
    void aSearchInWhichAllHaveDivergedFails() {
        answer("null");

        assertThat(run("search", "--regularizer", "off", "--range", "lambda=1,2,3"))
                .isEqualTo(1);

        assertThat(terminal.err()).contains("all trials have diverged");
    }
}
