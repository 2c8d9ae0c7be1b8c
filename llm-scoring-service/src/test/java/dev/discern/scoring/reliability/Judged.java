package dev.discern.scoring.reliability;

import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.Judgment;
import dev.discern.scoring.testing.Prompts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judged prompts, written down a line each. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Judged(
        int history,
        int audit,
        double[] scores,
        int[] popularity,
        double[] inclusion,
        double @Nullable [] encoder,
        float @Nullable [] model) {

    /** Scores of the judge; without more, all items are equally popular and equally likely to be drawn, and the first is held out. */
    static Judged scores(double... scores) {
        int[] popularity = new int[scores.length];
        Arrays.fill(popularity, 10);
        double[] inclusion = new double[scores.length];
        Arrays.fill(inclusion, 0.5);
        return new Judged(5, 0, scores, popularity, inclusion, null, null);
    }

    /** With its held-out item elsewhere; nowhere at -1. */
    Judged audit(int position) {
        return new Judged(history, position, scores, popularity, inclusion, encoder, model);
    }

    Judged history(int length) {
        return new Judged(length, audit, scores, popularity, inclusion, encoder, model);
    }

    Judged popularity(int... counts) {
        return new Judged(history, audit, scores, counts, inclusion, encoder, model);
    }

    Judged inclusion(double... probabilities) {
        return new Judged(history, audit, scores, popularity, probabilities, encoder, model);
    }

    Judged encoder(double... answer) {
        return new Judged(history, audit, scores, popularity, inclusion, answer, model);
    }

    /** The model's scores; not a number for an item that it does not know. */
    Judged model(float... answer) {
        return new Judged(history, audit, scores, popularity, inclusion, encoder, answer);
    }

    JudgedPrompt prompt() {
        List<Candidate> candidates = new ArrayList<>();
        for (int position = 0; position < scores.length; position++) {
            candidates.add(
                    position == audit
                            ? new Candidate(position, CandidateSource.AUDIT, 1)
                            : new Candidate(position, CandidateSource.UNIFORM, inclusion[position]));
        }
        Judgment.@Nullable Scored encoded = encoder == null ? null : Prompts.scored(encoder);
        return JudgedPrompt.of(
                new CandidateSet(7, List.of(), history, candidates),
                Prompts.scored(scores),
                popularity,
                encoded,
                model);
    }

    static List<JudgedPrompt> all(Judged... prompts) {
        return Arrays.stream(prompts).map(Judged::prompt).toList();
    }
}
