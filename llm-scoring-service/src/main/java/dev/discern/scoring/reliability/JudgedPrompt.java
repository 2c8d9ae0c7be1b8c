package dev.discern.scoring.reliability;

import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.Judgment;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A prompt, the judge's answer to it, and what popularity, the free encoder and a published model say to the same prompt.
 *
 * @param historyLength the user's training interactions
 * @param audit position of the held-out item, or -1 when the prompt examines nothing
 * @param scores (candidates) the judge's soft scores, in the order shown
 * @param z (candidates) the same standardized within the prompt
 * @param popularity (candidates) training interactions of the items
 * @param inclusion (candidates) probability with which each was drawn; 1 for the audit item
 * @param encoder (candidates) scores of the encoder; null where it has none
 * @param model (candidates) scores of the model, not a number for items that it does not know; null where it has none
 */
@SuppressWarnings("ArrayRecordComponent") // read by loops; never compared
record JudgedPrompt(
        int historyLength,
        int audit,
        float[] scores,
        float[] z,
        int[] popularity,
        double[] inclusion,
        float @Nullable [] encoder,
        float @Nullable [] model) {

    /**
     * From what was asked and answered.
     *
     * @param popularity (candidates)
     * @param encoder the encoder's answer to the same prompt, or null
     * @param model (candidates) the published model's scores, not a number for items that it does not know; null when it does not
     *     know the user
     */
    static JudgedPrompt of(
            CandidateSet prompt,
            Judgment.Scored answer,
            int[] popularity,
            @Nullable Judgment encoder,
            float @Nullable [] model) {
        int size = prompt.candidates().size();
        double[] inclusion = new double[size];
        for (int position = 0; position < size; position++) {
            inclusion[position] = prompt.candidates().get(position).inclusionProbability();
        }
        return new JudgedPrompt(
                prompt.historyLength(),
                prompt.auditPosition().orElse(-1),
                floats(answer),
                answer.standardized(),
                popularity,
                inclusion,
                encoder instanceof Judgment.Scored scored ? floats(scored) : null,
                model);
    }

    int size() {
        return scores.length;
    }

    boolean isExam() {
        return audit >= 0;
    }

    /** 1 when the judge puts the held-out item above another candidate, ½ for a tie, 0 otherwise. */
    double win(int other) {
        return win(scores[audit], scores[other]);
    }

    /** The same for an order by popularity. */
    double popularityWin(int other) {
        return win(popularity[audit], popularity[other]);
    }

    /** The same for an order by the encoder's scores, where there are some. */
    OptionalDouble encoderWin(int other) {
        return rivalWin(encoder, other);
    }

    /** The same for an order by the model's scores, where it knows the user and both items. */
    OptionalDouble modelWin(int other) {
        return rivalWin(model, other);
    }

    private OptionalDouble rivalWin(float @Nullable [] rival, int other) {
        return rival == null || Float.isNaN(rival[audit]) || Float.isNaN(rival[other])
                ? OptionalDouble.empty()
                : OptionalDouble.of(win(rival[audit], rival[other]));
    }

    /** The judge's standardized margin between the held-out item and another candidate. */
    double margin(int other) {
        return z[audit] - z[other];
    }

    private static double win(float mine, float theirs) {
        return mine > theirs ? 1 : mine == theirs ? 0.5 : 0;
    }

    private static float[] floats(Judgment.Scored answer) {
        float[] scores = new float[answer.scores().size()];
        for (int position = 0; position < scores.length; position++) {
            scores[position] = answer.scores().get(position);
        }
        return scores;
    }
}
