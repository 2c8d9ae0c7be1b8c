package dev.discern.scoring.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.db.Snapshot;
import dev.discern.common.judgment.AuditJudgment;
import dev.discern.common.judgment.Judgment;
import dev.discern.common.random.Seeds;
import dev.discern.scoring.judge.PairDeriver;
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
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What a strong LLM's recorded answers are worth, where the data is there. */
class MovieTweetingsReliabilityTests {

    private record Event(String item, long time) {}

    @Test
    void aStrongLlmIsRightInFourPairsOfFive() throws IOException {
        String data = System.getenv("DISCERN_DATA");
        assumeThat(data).as("DISCERN_DATA, the folder of real data sets").isNotNull();
        Path interactions = Path.of(data, "movietweetings", "interactions.csv.gz");
        Path judgments = Path.of(data).resolveSibling("judgments").resolve("movietweetings.jsonl.gz");
        assumeThat(interactions).as("the data set movietweetings").isRegularFile();
        assumeThat(judgments).as("recorded answers beside the data").isRegularFile();
        Snapshot snapshot = snapshot(interactions);
        Popularity popularity = Popularity.of(
                TemporalSplit.leaveLastTwoOut(snapshot.histories()).train());
        PairDeriver deriver = new PairDeriver(60, new Seeds(1), row -> (int) row, row -> popularity.count((int) row));

        RecordedPrompts prompts = RecordedPrompts.read(judgments, snapshot);

        assertThat(prompts.unusable()).isEmpty();
        List<AuditJudgment> exams = prompts.recorded().stream()
                .map(recorded -> deriver.audit(recorded.prompt(), (Judgment.Scored) recorded.answer()))
                .flatMap(Optional::stream)
                .toList();
        ReliabilityReport report = ReliabilityReport.of(1, "recorded", exams);
        assertThat(report.auditPrompts()).isEqualTo(600);
        assertThat(report.pairAccuracy()).isEqualTo(0.82, within(0.01));
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
