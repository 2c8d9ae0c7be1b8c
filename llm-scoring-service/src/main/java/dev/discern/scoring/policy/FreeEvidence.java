package dev.discern.scoring.policy;

import dev.discern.common.data.Popularity;
import dev.discern.common.db.Snapshot;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.Judgment;
import dev.discern.scoring.llm.Judge;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what is free to know: popularity in the training part, a model's scores, and the encoder's. */
public final class FreeEvidence {

    private final Snapshot.RowIdIndex itemIdx;
    private final Popularity popularity;
    private final float[] standardizedLog; // (items)
    private final @Nullable FreeScores model;
    private final @Nullable Judge encoder;

    /**
     * From these.
     *
     * @param popularity of the training part of the snapshot
     * @param model null when there is none
     * @param encoder null when there is none, or when it is the judge that is asked
     */
    public FreeEvidence(Snapshot snapshot, Popularity popularity, @Nullable FreeScores model, @Nullable Judge encoder) {
        this.itemIdx = snapshot.itemByRowId();
        this.popularity = popularity;
        this.standardizedLog = popularity.standardizedLog();
        this.model = model;
        this.encoder = encoder;
    }

    /** What is known of a prompt; empty when an item of it is no longer there. */
    Optional<Evidence> of(CandidateSet prompt) {
        int size = prompt.candidates().size();
        float[] popular = new float[size];
        boolean[] tail = new boolean[size];
        for (int position = 0; position < size; position++) {
            int item = itemIdx.idx(prompt.candidates().get(position).itemId());
            if (item < 0) {
                return Optional.empty();
            }
            popular[position] = standardizedLog[item];
            tail[position] = popularity.isTail(item);
        }
        return Optional.of(new Evidence(
                Math.log(Math.max(1, prompt.historyLength())), popular, tail, modelScores(prompt), encoded(prompt)));
    }

    private double @Nullable [] modelScores(CandidateSet prompt) {
        return model == null
                ? null
                : prompt.candidates().stream()
                        .map(Candidate::itemId)
                        .mapToDouble(item -> model.score(prompt.userId(), item).orElse(0))
                        .toArray();
    }

    private float @Nullable [] encoded(CandidateSet prompt) {
        if (encoder == null) {
            return null;
        }
        return encoder.judge(prompt) instanceof Judgment.Scored scored
                ? scored.standardized()
                : new float[prompt.candidates().size()];
    }
}
