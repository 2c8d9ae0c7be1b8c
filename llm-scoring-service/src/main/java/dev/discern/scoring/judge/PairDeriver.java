package dev.discern.scoring.judge;

import dev.discern.common.judgment.AuditJudgment;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.Judgment;
import dev.discern.common.judgment.PairJudgment;
import dev.discern.common.random.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Turns an answer into pair judgments and into the result of its exam. Pairs are of one kind each, so that the gate labels pairs of
 * the kind it is calibrated for: both items drawn uniformly, both recorded, or one a rescue candidate and the other one of the
 * model's list; where prompts are drawn from the paper's two sets alone, both rare or both diverse. The audit item is never in one.
 */
public final class PairDeriver {

    private final boolean coldTail;
    private final int pairsPerUser;
    private final Seeds seeds;
    private final LongToIntFunction userIdx;
    private final LongToIntFunction popularity;

    /**
     * A deriver.
     *
     * @param pairsPerUser at most so many pairs are kept of a prompt, drawn by the seed
     * @param userIdx dense index of a user by row id: what is drawn is the same wherever the same data lies
     * @param popularity training interactions of an item by row id
     */
    public PairDeriver(int pairsPerUser, Seeds seeds, LongToIntFunction userIdx, LongToIntFunction popularity) {
        this(false, pairsPerUser, seeds, userIdx, popularity);
    }

    private PairDeriver(
            boolean coldTail, int pairsPerUser, Seeds seeds, LongToIntFunction userIdx, LongToIntFunction popularity) {
        this.coldTail = coldTail;
        this.pairsPerUser = pairsPerUser;
        this.seeds = seeds;
        this.userIdx = userIdx;
        this.popularity = popularity;
    }

    /** The same deriver for prompts of the paper's two sets. */
    public PairDeriver ofColdTail() {
        return new PairDeriver(true, pairsPerUser, seeds, userIdx, popularity);
    }

    /** The pairs of one answer. */
    public List<PairJudgment> pairs(CandidateSet prompt, Judgment.Scored answer) {
        float[] z = answer.standardized();
        List<int[]> positions = new ArrayList<>();
        for (int a = 0; a < z.length; a++) {
            for (int b = a + 1; b < z.length; b++) {
                if (kind(prompt.candidates().get(a), prompt.candidates().get(b)) != null) {
                    positions.add(z[a] >= z[b] ? new int[] {a, b} : new int[] {b, a});
                }
            }
        }
        SplittableRandom random = seeds.random("pairs", userIdx.applyAsInt(prompt.userId()));
        List<PairJudgment> pairs = new ArrayList<>();
        for (int k = 0; k < Math.min(pairsPerUser, positions.size()); k++) {
            java.util.Collections.swap(positions, k, k + random.nextInt(positions.size() - k));
            Candidate preferred = prompt.candidates().get(positions.get(k)[0]);
            Candidate other = prompt.candidates().get(positions.get(k)[1]);
            pairs.add(new PairJudgment(
                    prompt.userId(),
                    preferred.itemId(),
                    other.itemId(),
                    z[positions.get(k)[0]] - z[positions.get(k)[1]],
                    (float) answer.consistency(),
                    Objects.requireNonNull(kind(preferred, other))));
        }
        return pairs;
    }

    /** The source of the pair of two candidates, in any order; null when it is of no kind that is kept. */
    private @Nullable CandidateSource kind(Candidate one, Candidate two) {
        return switch (one.source()) {
            case UNIFORM, RECORDED -> two.source() == one.source() ? one.source() : null;
            case TAIL, COLD -> coldTail && two.source() == one.source() ? one.source() : null;
            case RESCUE -> two.source() == CandidateSource.MODEL ? CandidateSource.RESCUE : null;
            case MODEL -> two.source() == CandidateSource.RESCUE ? CandidateSource.RESCUE : null;
            case POPULAR, AUDIT -> null;
        };
    }

    /** How the exam went; empty when the prompt had no audit item. */
    public Optional<AuditJudgment> audit(CandidateSet prompt, Judgment.Scored answer) {
        if (prompt.auditPosition().isEmpty()) {
            return Optional.empty();
        }
        int audit = prompt.auditPosition().getAsInt();
        long item = prompt.candidates().get(audit).itemId();
        int itemPopularity = popularity.applyAsInt(item);
        double wins = 0;
        double popularityWins = 0;
        for (int position = 0; position < prompt.candidates().size(); position++) {
            if (position != audit) {
                wins += win(answer.scores().get(audit), answer.scores().get(position));
                popularityWins += win(
                        itemPopularity,
                        popularity.applyAsInt(prompt.candidates().get(position).itemId()));
            }
        }
        int others = prompt.candidates().size() - 1;
        return Optional.of(new AuditJudgment(
                prompt.userId(),
                item,
                1 + (int) Math.ceil(others - wins),
                others + 1,
                (float) (wins / others),
                (float) (popularityWins / others),
                prompt.historyLength(),
                itemPopularity));
    }

    /** 1 for a win, ½ for a tie, 0 for a loss. */
    private static double win(float mine, float theirs) {
        return mine > theirs ? 1 : mine == theirs ? 0.5 : 0;
    }
}
