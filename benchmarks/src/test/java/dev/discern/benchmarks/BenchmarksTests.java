package dev.discern.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.serving.index.TopK;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchmarksTests {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void topkPrintsItsContractAsJson() {
        assertThat(run("topk", "--items", "500", "--dim", "7", "--k", "3", "--rounds", "2", "--json"))
                .isZero();

        assertContract("queries/s", "top3 500x7 int8 / float");
        assertThat(out.toString())
                .contains("cosine int8 / float")
                .contains("1 % open / all")
                .contains("2 threads / 1")
                .contains("64 together / alone")
                .contains("made / 1M in 10 s")
                .contains("floats / all held")
                .contains("float / reading")
                .contains("float / scalar");
    }

    @Test
    void trainPrintsItsContractAsJson() {
        assertThat(run("train", "--users", "60", "--items", "40", "--rounds", "2", "--json"))
                .isZero();

        assertContract("samples/s", "bpr-mf-d64");
        assertThat(out.toString())
                .contains("/ plain")
                .contains("/ scalar kernels")
                .contains("regularizer / base")
                .contains("2 threads / 1")
                .contains("2 runs at once / 1")
                .contains("history-d384 batch 2 threads / 1")
                .contains("/ product")
                .contains("GFLOP/s");
    }

    @Test
    void memoryPrintsItsContractAsJson() {
        assertThat(run("memory", "--users", "200000", "--items", "100000", "--interactions", "2000000", "--json"))
                .isZero();

        assertContract("MB", "bpr-mf formula / held");
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(out.toString())
                        .at("/benchmarks/0/ratio")
                        .asDouble())
                .isBetween(0.8, 1.05);
    }

    @Test
    void scorePrintsItsContractAsJson() {
        assertThat(run(
                        "score",
                        "--encoder",
                        "all-minilm-l6-v2-q",
                        "--texts",
                        "3",
                        "--rounds",
                        "1",
                        "--prompts",
                        "0",
                        "--json"))
                .isZero();

        assertContract("texts/s", "encode all-minilm-l6-v2-q");
    }

    @Test
    void withoutJsonThereIsATable() {
        assertThat(run("train", "--users", "60", "--items", "40", "--rounds", "1"))
                .isZero();

        assertThat(out.toString().lines()).hasSize(8).first().asString().startsWith("benchmark");
        assertThat(out.toString()).contains("bpr-mf-d64").contains("samples/s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "topk", "train", "score", "memory", "serve"})
    void helpTellsWhatIsMeasured(String command) {
        assertThat(command.isEmpty() ? run("--help") : run(command, "--help")).isZero();
        assertThat(out.toString()).contains("against").contains("--help");
    }

    @ParameterizedTest
    @CsvSource({
        "topk,--items,0,and --queries must be at least 1",
        "topk,--k,0,and --queries must be at least 1",
        "topk,--queries,0,and --queries must be at least 1",
        "topk,--items,2000000000,--items times --dim must be at most",
        "train,--rounds,0,--rounds must be at least 1",
        "train,--users,0,--users must be at least 1",
        "train,--items,9,--items more than 9",
        "memory,--users,0,--interactions must be at least 3 for each of --users",
        "memory,--items,19,twice as many as a user has",
        "score,--texts,0,--texts must be at least 1",
        "score,--prompts,-1,--prompts must not be negative",
        "score,--concurrency,0,and --seconds must be at least 1",
        "score,--encoder,other,unknown encoder 'other'",
        "serve,--items,199,--items must be at least 200",
        "serve,--dim,0,--connections at least 1",
        "serve,--seconds,0,--seconds positive",
        "serve,--soak,-1,--warm-up and --soak not negative",
        "serve,--warm-up,-1,--warm-up and --soak not negative",
        "serve,--items,2000000000,--items times --dim must be at most",
        "train,--sideways,1,Unknown option"
    })
    void badUsageIsToldWithExitCodeTwo(String command, String option, String value, String message) {
        assertThat(run(command, option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void answersThatDifferFail() {
        assertThatCode(() -> TrainBenchmark.requireAlike(0.50001, 0.5, 1e-3)).doesNotThrowAnyException();
        assertThatThrownBy(() -> TrainBenchmark.requireAlike(0.51, 0.5, 1e-3)).hasMessageContaining("different models");
        assertThatThrownBy(() -> TrainBenchmark.requireAlike(Double.NaN, 0.5, 1e-3))
                .hasMessageContaining("different models");
        assertThatCode(() -> ScoreBenchmark.requireAlike(0, new float[] {1, 0}, new float[] {1, 0}))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ScoreBenchmark.requireAlike(7, new float[] {1, 0}, new float[] {0.6f, 0.8f}))
                .hasMessageContaining("text 7");
        assertThatCode(() -> ScoringService.requireAlike("calls", 7, 7)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ScoringService.requireAlike("calls", 7, 8))
                .hasMessage("the scoring service counts 7 calls, the endpoint 8");
    }

    @Test
    void wrongAnswersOfTheServiceFail() {
        String answer =
                "{\"strategy\":\"PERSONALIZED\",\"items\":[{\"itemId\":\"a\",\"rank\":1},{\"itemId\":\"b\",\"rank\":2}]}";
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        assertThatCode(() -> Load.requireAnswer("/x", new LoadConnection.Answer(200, bytes), 2))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Load.requireAnswer("/x", new LoadConnection.Answer(200, bytes), 3))
                .hasMessageContaining("/x answered 200 with 2 items, expected 200 with 3");
        assertThatThrownBy(() -> Load.requireAnswer("/x", new LoadConnection.Answer(429, bytes), 2))
                .hasMessageContaining("/x answered 429");

        JsonNode read = JsonMapper.builder().build().readTree(answer);
        assertThatCode(() -> ServeBenchmark.requireUnseen(read, Set.of("c"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> ServeBenchmark.requireUnseen(read, Set.of("b")))
                .hasMessageContaining("item b comes twice, or was seen");
        assertThatThrownBy(() -> ServeBenchmark.requireUnseen(
                        JsonMapper.builder().build().readTree(answer.replace("PERSONALIZED", "POPULAR")), Set.of()))
                .hasMessageContaining("expected a personalized answer");
    }

    @Test
    void quantilesAreLatenciesThatWereMeasured() {
        long[] nanos =
                LongStream.rangeClosed(1, 200).map(n -> (201 - n) * 1_000_000).toArray();

        assertThat(Load.Latencies.of(nanos)).isEqualTo(new Load.Latencies(100, 198));
        assertThat(Load.Latencies.of(new long[] {3_000_000})).isEqualTo(new Load.Latencies(3, 3));
    }

    @Test
    void otherItemsFailAndTiesMayChangePlaces() {
        TopK reference = new TopK(new int[] {4, 2, 7, 1}, new float[] {3, 2, 2.000001f, 1});
        assertThatCode(() -> TopKBenchmark.requireAlike(reference, reference)).doesNotThrowAnyException();
        assertThatCode(() -> TopKBenchmark.requireAlike(
                        new TopK(new int[] {4, 7, 2, 1}, new float[] {3, 2, 2, 1.000001f}), reference))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> TopKBenchmark.requireAlike(
                        new TopK(new int[] {9, 2, 7, 1}, new float[] {3, 2, 2, 1}), reference))
                .hasMessageContaining("at rank 1 item 9");
        assertThatThrownBy(() -> TopKBenchmark.requireAlike(
                        new TopK(new int[] {4, 2, 7, 1}, new float[] {3, 2, 2, 1.1f}), reference))
                .hasMessageContaining("at rank 4");
        assertThatThrownBy(() -> TopKBenchmark.requireAlike(new TopK(new int[] {4}, new float[] {3}), reference))
                .hasMessageContaining("find 1 items");
        assertThatCode(() -> TopKBenchmark.requireSame(reference, reference)).doesNotThrowAnyException();
        assertThatThrownBy(() -> TopKBenchmark.requireSame(
                        new TopK(new int[] {4, 2, 7, 1}, new float[] {3, 2, 2, 1}), reference))
                .hasMessageContaining("the index finds [4, 2, 7, 1]");
    }

    private void assertContract(String unit, String name) {
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.propertyNames()).containsExactlyInAnyOrder("benchmarks", "machine");
        JsonNode line = json.at("/benchmarks/0");
        assertThat(line.propertyNames()).containsExactlyInAnyOrder("name", "value", "unit", "reference", "ratio");
        assertThat(line.at("/name").asString()).startsWith(name);
        assertThat(line.at("/unit").asString()).isEqualTo(unit);
        assertThat(line.at("/ratio").asDouble())
                .isPositive()
                .isEqualTo(line.at("/value").asDouble() / line.at("/reference").asDouble());
        assertThat(json.at("/machine/processors").asInt()).isPositive();
        assertThat(json.at("/machine/kernels").asString()).isNotBlank();
    }

    private int run(String... args) {
        CommandLine commandLine = Benchmarks.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
