package dev.discern.scoring.reliability;

import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.db.DataVersion;
import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.Snapshot;
import dev.discern.common.db.SnapshotReader;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.Judgment;
import dev.discern.scoring.llm.EmbeddedJudge;
import dev.discern.scoring.llm.StoredVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reports of how far judges can be trusted. */
@Component
public class Reliability {

    private final DataSource dataSource;
    private final SnapshotReader snapshots;
    private final JudgmentStore judgments;
    private final StoredVectors vectors;
    private final JdbcClient jdbc;

    Reliability(
            DataSource dataSource,
            SnapshotReader snapshots,
            JudgmentStore judgments,
            StoredVectors vectors,
            JdbcClient jdbc) {
        this.dataSource = dataSource;
        this.snapshots = snapshots;
        this.judgments = judgments;
        this.vectors = vectors;
        this.jdbc = jdbc;
    }

    /**
     * The report of one run.
     *
     * @param dataVersion state of the data that the run asked about
     */
    public ReliabilityReport report(long runId, String judge, String dataVersion) {
        return report(runId, judge, dataVersion, user -> true);
    }

    /**
     * The report of a part of a run.
     *
     * @param users row ids of the users whose prompts count
     */
    public ReliabilityReport report(long runId, String judge, String dataVersion, LongPredicate users) {
        Snapshot snapshot = snapshots.read();
        Popularity popularity = Popularity.of(
                TemporalSplit.leaveLastTwoOut(snapshot.histories()).train());
        List<String> notes = new ArrayList<>();
        if (!DataVersion.read(dataSource).name().equals(dataVersion)) {
            notes.add("The data have changed since this run; popularity is counted in those of today.");
        }
        EmbeddedJudge encoder = encoder(judge, notes);
        Prompts prompts = new Prompts(snapshot.itemByRowId(), popularity, encoder);
        judgments.forEachScored(runId, (prompt, answer) -> {
            if (users.test(prompt.userId())) {
                prompts.add(prompt, answer);
            }
        });
        prompts.addNotes(notes);
        return ReliabilityReport.of(
                new ReliabilityReport.Subject(
                        runId,
                        judge,
                        encoder == null ? null : encoder.name(),
                        PopularityRanks.of(popularity),
                        popularity.items(),
                        spent(runId).orElse(null),
                        notes),
                prompts.judged);
    }

    private @Nullable EmbeddedJudge encoder(String judge, List<String> notes) {
        Optional<EmbeddedJudge> encoder = vectors.judge();
        if (encoder.isEmpty()) {
            notes.add("No encoder is compared: the catalogue's texts have not been encoded."
                    + " A run of the embedded judge, about one user even, encodes them.");
        } else if (encoder.get().identity().equals(judge)) {
            return null; // it would be compared with itself
        }
        return encoder.orElse(null);
    }

    /** What the run's answers cost, where they cost anything. */
    private Optional<Cost.Spent> spent(long runId) {
        Cost.Spent spent = jdbc.sql("""
                        select count(*), coalesce(sum(j.prompt_tokens), 0), coalesce(sum(j.completion_tokens), 0),
                               coalesce(sum(j.cost_usd), 0)
                        from candidate_set s join judgment j on j.key = s.judgment_key where s.run_id = ?""")
                .param(runId)
                .query((row, number) ->
                        new Cost.Spent(row.getLong(1), row.getLong(2), row.getLong(3), row.getDouble(4)))
                .single();
        boolean free = spent.promptTokens() == 0 && spent.completionTokens() == 0 && spent.usd() == 0;
        return free ? Optional.empty() : Optional.of(spent);
    }

    /** Lays popularity and the encoder's answers beside the judge's. */
    private static final class Prompts {

        private final List<JudgedPrompt> judged = new ArrayList<>();
        private final Snapshot.RowIdIndex itemIdx;
        private final Popularity popularity;
        private final @Nullable EmbeddedJudge encoder;
        private int gone;
        private int withoutText;

        Prompts(Snapshot.RowIdIndex itemIdx, Popularity popularity, @Nullable EmbeddedJudge encoder) {
            this.itemIdx = itemIdx;
            this.popularity = popularity;
            this.encoder = encoder;
        }

        void add(CandidateSet prompt, Judgment.Scored answer) {
            int[] items = prompt.candidates().stream()
                    .mapToInt(candidate -> itemIdx.idx(candidate.itemId()))
                    .toArray();
            int[] counts = new int[items.length];
            for (int position = 0; position < items.length; position++) {
                if (items[position] < 0) {
                    gone++;
                    return;
                }
                counts[position] = popularity.count(items[position]);
            }
            Judgment encoded = encoder == null ? null : encoder.judge(prompt);
            withoutText += encoded instanceof Judgment.Failed ? 1 : 0;
            judged.add(JudgedPrompt.of(prompt, answer, counts, encoded));
        }

        void addNotes(List<String> notes) {
            if (gone > 0) {
                notes.add(
                        "%s prompts are left out: an item of theirs is no longer there.".formatted(Words.count(gone)));
            }
            if (withoutText > 0) {
                notes.add("The encoder cannot answer %s of the prompts, for want of texts."
                        .formatted(Words.count(withoutText)));
            }
        }
    }
}
