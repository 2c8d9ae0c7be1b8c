package dev.discern.scoring.llm;

import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.FailureReason;
import dev.discern.common.judgment.Judgment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A free judge: how alike a candidate's text is to those of the user's recent items,
 *
 * <pre>
 *   score(u, i) = ½ (1 + cos(t_i, Σ_k k^-0.8 · t_h(k)))     h(1) the newest item
 * </pre>
 *
 * with t the centred text vectors of a sentence encoder. An encoder, not an LLM.
 */
public final class EmbeddedJudge implements Judge {

    private final String encoder;
    private final ItemVectors vectors;

    public EmbeddedJudge(String encoder, ItemVectors vectors) {
        this.encoder = encoder;
        this.vectors = vectors;
    }

    @Override
    public String identity() {
        return "embedded/" + encoder + "/1";
    }

    /** The encoder's label. */
    public String name() {
        return encoder;
    }

    @Override
    public Judgment judge(CandidateSet prompt) {
        for (Candidate candidate : prompt.candidates()) {
            if (!vectors.has(candidate.itemId())) {
                return new Judgment.Failed(
                        FailureReason.MISSING_TEXT, "candidate item %d has no text".formatted(candidate.itemId()));
            }
        }
        Optional<float[]> taste = vectors.taste(prompt.history());
        if (taste.isEmpty()) {
            return new Judgment.Failed(FailureReason.MISSING_TEXT, "none of the user's recent items has a text");
        }
        List<Float> scores = new ArrayList<>(prompt.candidates().size());
        for (Candidate candidate : prompt.candidates()) {
            scores.add(Math.clamp(0.5f + 0.5f * vectors.dot(taste.get(), candidate.itemId()), 0, 1));
        }
        return new Judgment.Scored(scores, 1);
    }
}
