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
import dev.discern.scoring.published.PublishedModel;
import dev.discern.scoring.published.PublishedModels;
import dev.discern.scoring.published.UnusableModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
    private final PublishedModels models;
    private final JdbcClient jdbc;

    Reliability(
            DataSource dataSource,
            SnapshotReader snapshots,
            JudgmentStore judgments,
            StoredVectors vectors,
            PublishedModels models,
            JdbcClient jdbc) {
        this.dataSource = dataSource;
        this.snapshots = snapshots;
        this.judgments = judgments;
        this.vectors = vectors;
        this.models = models;
        this.jdbc = jdbc;
    }

    /**
     * The report of one run.
     *
     * @param dataVersion state of the data that the run asked about
     * @param version the published model to compare; the champion when null
     */
    public ReliabilityReport report(long runId, String judge, String dataVersion, @Nullable String version) {
        return report(runId, judge, dataVersion, version, user -> true);
    }

    /**
     * The report of a part of a run.
     *
     * @param users row ids of the users whose prompts count
     */
    public ReliabilityReport report(
            long runId, String judge, String dataVersion, @Nullable String version, LongPredicate users) {
        Snapshot snapshot = snapshots.read();
        Popularity popularity = Popularity.of(
                TemporalSplit.leaveLastTwoOut(snapshot.histories()).train());
        List<String> notes = new ArrayList<>();
        if (!DataVersion.read(dataSource).name().equals(dataVersion)) {
            notes.add("The data have changed since this run; popularity is counted in those of today.");
        }
        EmbeddedJudge encoder = encoder(judge, notes);
        PublishedModel model = model(runId, version, snapshot, notes);
        Prompts prompts =
                new Prompts(snapshot.itemByRowId(), popularity, encoder, model == null ? null : model.on(snapshot));
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
                        model == null ? null : model.version(),
                        PopularityRanks.of(popularity),
                        popularity.items(),
                        prompts.favourites(snapshot),
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

    private @Nullable PublishedModel model(
            long runId, @Nullable String version, Snapshot snapshot, List<String> notes) {
        try {
            Optional<String> found = version == null ? models.champion() : Optional.of(version);
            if (found.isEmpty()) {
                notes.add("No model is compared: there is no champion. Train a model and promote it.");
                return null;
            }
            PublishedModel model = models.read(found.get());
            Long taughtBy = model.provenance().scoringRun();
            if (taughtBy != null) {
                notes.add("The model %s was trained with the judgments of %s: what it knows may be a judge's own word."
                        .formatted(model.version(), taughtBy == runId ? "this very run" : "scoring run " + taughtBy));
            }
            if (!model.knowsJust(snapshot)) {
                notes.add(
                        "The model %s was trained on other data than those of today, and may have seen what they hold out."
                                .formatted(model.version()));
            }
            return model;
        } catch (UnusableModelException e) {
            notes.add("No model is compared: " + e.message());
            return null;
        }
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

    /** Lays popularity, the encoder's answers and the model's scores beside the judge's. */
    private static final class Prompts {

        private final List<JudgedPrompt> judged = new ArrayList<>();
        private final Snapshot.RowIdIndex itemIdx;
        private final Popularity popularity;
        private final @Nullable EmbeddedJudge encoder;
        private final PublishedModel.@Nullable Scores model;
        private final Favourites favourites = new Favourites();
        private int gone;
        private int withoutText;
        private int unknown;

        Prompts(
                Snapshot.RowIdIndex itemIdx,
                Popularity popularity,
                @Nullable EmbeddedJudge encoder,
                PublishedModel.@Nullable Scores model) {
            this.itemIdx = itemIdx;
            this.popularity = popularity;
            this.encoder = encoder;
            this.model = model;
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
            favourites.add(prompt, answer);
            judged.add(JudgedPrompt.of(prompt, answer, counts, encoded, scores(prompt)));
        }

        /** What the model says of the candidates, not a number for items that it does not know; null when it knows none. */
        private float @Nullable [] scores(CandidateSet prompt) {
            if (model == null) {
                return null;
            }
            float[] scores = new float[prompt.candidates().size()];
            boolean known = false;
            for (int position = 0; position < scores.length; position++) {
                OptionalDouble score = model.score(
                        prompt.userId(), prompt.candidates().get(position).itemId());
                scores[position] = score.isPresent() ? (float) score.getAsDouble() : Float.NaN;
                known |= score.isPresent();
            }
            unknown += known ? 0 : 1;
            return known ? scores : null;
        }

        List<Favourite> favourites(Snapshot snapshot) {
            return favourites.list(
                    item -> snapshot.items().id(itemIdx.idx(item)), item -> popularity.count(itemIdx.idx(item)));
        }

        void addNotes(List<String> notes) {
            if (gone > 0) {
                notes.add(
                        "%s prompts are left out: an item of theirs is no longer there.".formatted(Words.count(gone)));
            }
            if (unknown > 0) {
                notes.add("The model does not know the users of %s of the prompts.".formatted(Words.count(unknown)));
            }
            if (withoutText > 0) {
                notes.add("The encoder cannot answer %s of the prompts, for want of texts."
                        .formatted(Words.count(withoutText)));
            }
        }
    }
}
