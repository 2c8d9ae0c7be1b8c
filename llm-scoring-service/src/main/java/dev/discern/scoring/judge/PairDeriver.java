package dev.discern.scoring.judge;

import dev.discern.common.judgment.AuditJudgment;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.Judgment;
import dev.discern.common.judgment.PairJudgment;
import dev.discern.common.random.Seeds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongToIntFunction;

/**
 * Turns an answer into pair judgments and into the result of its exam. Pairs are taken within one source (both items drawn
 * uniformly, or both recorded), so that the gate labels pairs of the kind it is calibrated for; the audit item is never in one. The
 * paper's two sets, of rare items and of diverse ones, are sources of this kind where prompts are drawn from them alone.
 */
public final class PairDeriver {

    private static final Set<CandidateSource> UNIFORM = EnumSet.of(CandidateSource.UNIFORM, CandidateSource.RECORDED);
    private static final Set<CandidateSource> COLD_TAIL = EnumSet.of(CandidateSource.TAIL, CandidateSource.COLD);

    private final Set<CandidateSource> sources;
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
        this(UNIFORM, pairsPerUser, seeds, userIdx, popularity);
    }

    private PairDeriver(
            Set<CandidateSource> sources,
            int pairsPerUser,
            Seeds seeds,
            LongToIntFunction userIdx,
            LongToIntFunction popularity) {
        this.sources = sources;
        this.pairsPerUser = pairsPerUser;
        this.seeds = seeds;
        this.userIdx = userIdx;
        this.popularity = popularity;
    }

    /** The same deriver for prompts of the paper's two sets. */
    public PairDeriver ofColdTail() {
        return new PairDeriver(COLD_TAIL, pairsPerUser, seeds, userIdx, popularity);
    }

    /** The pairs of one answer. */
    public List<PairJudgment> pairs(CandidateSet prompt, Judgment.Scored answer) {
        float[] z = answer.standardized();
        List<int[]> positions = new ArrayList<>();
        for (int a = 0; a < z.length; a++) {
            for (int b = a + 1; b < z.length; b++) {
                CandidateSource source = prompt.candidates().get(a).source();
                if (source == prompt.candidates().get(b).source() && sources.contains(source)) {
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
                    preferred.source()));
        }
        return pairs;
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
