package dev.discern.scoring.testing;

import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.Judgment;
import java.util.Arrays;
import java.util.List;

/** Prompts and answers made for a test. */
public final class Prompts {

    private Prompts() {}

    /** A prompt of user 7 after items 1 and 2. */
    public static CandidateSet prompt(Candidate... candidates) {
        return prompt(List.of(1L, 2L), candidates);
    }

    public static CandidateSet prompt(List<Long> history, Candidate... candidates) {
        return new CandidateSet(7, history, history.size(), List.of(candidates));
    }

    public static Candidate uniform(long itemId) {
        return new Candidate(itemId, CandidateSource.UNIFORM, 0.1);
    }

    public static Candidate popular(long itemId) {
        return new Candidate(itemId, CandidateSource.POPULAR, 0.2);
    }

    public static Candidate recorded(long itemId) {
        return new Candidate(itemId, CandidateSource.RECORDED, 0.1);
    }

    public static Candidate audit(long itemId) {
        return new Candidate(itemId, CandidateSource.AUDIT, 1);
    }

    /** An answer with these scores. */
    public static Judgment.Scored scored(double... scores) {
        return new Judgment.Scored(
                Arrays.stream(scores).mapToObj(score -> (float) score).toList(), 1);
    }
}
