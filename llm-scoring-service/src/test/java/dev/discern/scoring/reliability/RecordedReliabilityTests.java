package dev.discern.scoring.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.db.Snapshot;
import dev.discern.common.judgment.Judgment;
import dev.discern.scoring.llm.RecordedPrompts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a strong LLM's recorded answers are worth, where the data is there: the figures that the project quotes. */
class RecordedReliabilityTests {

    private record Event(String item, long time) {}

    @ParameterizedTest
    @CsvSource({"movietweetings, 600, 0.82, 0.72", "amazon-beauty, 300, 0.80, 0.45"})
    void aStrongLlmIsRightInFourPairsOfFive(String dataset, int exams, double judge, double popularity)
            throws IOException {
        ReliabilityReport report = report(dataset);

        assertThat(report.auditPrompts()).isEqualTo(exams);
        assertThat(report.pairAccuracy()).isEqualTo(judge, within(0.01));
        assertThat(report.popularity().pairAccuracy()).isEqualTo(popularity, within(0.02));
        assertThat(report.verdict().betterThanPopularity()).isTrue();
        assertThat(report.verdict().why()).isEmpty();
        assertThat(report.calibration()).isNotNull();
        assertThat(report.calibration().mayTellNothing()).isFalse();
        assertThat(report.calibration().ece()).isLessThan(0.1);
        assertThat(report.unchangedOrder().value()).isZero();
        assertThat(report.catalogueCoverage()).isBetween(0.9, 1.1);
    }

    private static ReliabilityReport report(String dataset) throws IOException {
        String data = System.getenv("DISCERN_DATA");
        assumeThat(data).as("DISCERN_DATA, the folder of real data sets").isNotNull();
        Path interactions = Path.of(data, dataset, "interactions.csv.gz");
        Path judgments = Path.of(data).resolveSibling("judgments").resolve(dataset + ".jsonl.gz");
        assumeThat(interactions).as("the data set " + dataset).isRegularFile();
        assumeThat(judgments).as("recorded answers beside the data").isRegularFile();
        Snapshot snapshot = snapshot(interactions);
        Popularity popularity = Popularity.of(
                TemporalSplit.leaveLastTwoOut(snapshot.histories()).train());

        RecordedPrompts prompts = RecordedPrompts.read(judgments, snapshot);

        assertThat(prompts.unusable()).isEmpty();
        return ReliabilityReport.of(
                new ReliabilityReport.Subject(
                        1,
                        "recorded",
                        null,
                        null,
                        PopularityRanks.of(popularity),
                        popularity.items(),
                        List.of(),
                        null,
                        List.of()),
                prompts.recorded().stream()
                        .map(recorded -> judged(recorded, popularity))
                        .toList());
    }

    private static JudgedPrompt judged(RecordedPrompts.Recorded recorded, Popularity popularity) {
        int[] counts = recorded.prompt().candidates().stream()
                .mapToInt(candidate -> popularity.count((int) candidate.itemId()))
                .toArray();
        return JudgedPrompt.of(recorded.prompt(), (Judgment.Scored) recorded.answer(), counts, null, null);
    }

    /** Row ids are dense indices here. */
    private static Snapshot snapshot(Path file) throws IOException {
        Map<String, List<Event>> byUser = new TreeMap<>(IdIndex.ORDER);
        TreeSet<String> itemIds = new TreeSet<>(IdIndex.ORDER);
        try (BufferedReader rows = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            rows.readLine(); // user_id,item_id,rating,timestamp
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                String[] fields = row.split(",", -1);
                byUser.computeIfAbsent(fields[0], user -> new ArrayList<>())
                        .add(new Event(fields[1], Long.parseLong(fields[3])));
                itemIds.add(fields[1]);
            }
        }
        IdIndex items = IdIndex.of(itemIds);
        List<Integer> columns = new ArrayList<>();
        int[] rowStart = new int[byUser.size() + 1];
        int user = 0;
        for (List<Event> events : byUser.values()) {
            events.sort((a, b) -> Long.compare(a.time, b.time)); // ties as they came
            LinkedHashSet<Integer> history = new LinkedHashSet<>();
            events.forEach(event -> history.add(items.idx(event.item)));
            columns.addAll(history);
            rowStart[++user] = columns.size();
        }
        return new Snapshot(
                IdIndex.of(byUser.keySet()),
                items,
                LongStream.range(0, byUser.size()).toArray(),
                LongStream.range(0, items.size()).toArray(),
                new InteractionMatrix(
                        items.size(),
                        rowStart,
                        columns.stream().mapToInt(Integer::intValue).toArray()),
                "");
    }
}
