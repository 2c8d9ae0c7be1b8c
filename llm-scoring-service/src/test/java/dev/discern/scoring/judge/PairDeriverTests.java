package dev.discern.scoring.judge;

import static dev.discern.scoring.testing.Prompts.audit;
import static dev.discern.scoring.testing.Prompts.popular;
import static dev.discern.scoring.testing.Prompts.prompt;
import static dev.discern.scoring.testing.Prompts.recorded;
import static dev.discern.scoring.testing.Prompts.scored;
import static dev.discern.scoring.testing.Prompts.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.Judgment;
import dev.discern.common.judgment.PairJudgment;
import dev.discern.common.random.Seeds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairDeriverTests {

    @Test
    void pairsAreWithinOneSourceAndNeverWithTheAuditItem() {
        CandidateSet prompt = prompt(
                uniform(10), popular(20), audit(30), uniform(11), popular(21), recorded(40), uniform(12), recorded(41));
        List<PairJudgment> pairs = deriver(190, 1).pairs(prompt, scored(0.1, 0.2, 0.9, 0.5, 0.3, 0.4, 0.3, 0.6));

        assertThat(pairs)
                .extracting(PairJudgment::preferred, PairJudgment::other, PairJudgment::source)
                .containsExactlyInAnyOrder(
                        tuple(11, 10, CandidateSource.UNIFORM),
                        tuple(11, 12, CandidateSource.UNIFORM),
                        tuple(12, 10, CandidateSource.UNIFORM),
                        tuple(41, 40, CandidateSource.RECORDED));
        assertThat(pairs).allSatisfy(pair -> assertThat(pair.userId()).isEqualTo(7));
    }

    @Test
    void aRescuePairIsOfARareItemAndOneOfTheModelsList() {
        CandidateSet prompt =
                prompt(rescue(50), model(60), audit(30), rescue(51), uniform(10), model(61), popular(20), tail(40));

        assertThat(deriver(190, 1).pairs(prompt, scored(0.1, 0.2, 0.9, 0.5, 0.3, 0.4, 0.3, 0.6)))
                .extracting(PairJudgment::preferred, PairJudgment::other, PairJudgment::source)
                .containsExactlyInAnyOrder(
                        tuple(60L, 50L, CandidateSource.RESCUE),
                        tuple(61L, 50L, CandidateSource.RESCUE),
                        tuple(51L, 60L, CandidateSource.RESCUE),
                        tuple(51L, 61L, CandidateSource.RESCUE));
    }

    @Test
    void thePapersTwoSetsMakePairsWithinThemselves() {
        CandidateSet prompt = prompt(tail(10), tail(11), cold(20), audit(30), cold(21), uniform(40), uniform(41));

        assertThat(deriver(190, 1).ofColdTail().pairs(prompt, scored(0.1, 0.2, 0.3, 0.9, 0.5, 0.4, 0.6)))
                .extracting(PairJudgment::preferred, PairJudgment::other, PairJudgment::source)
                .containsExactlyInAnyOrder(
                        tuple(11L, 10L, CandidateSource.TAIL),
                        tuple(21L, 20L, CandidateSource.COLD),
                        tuple(41L, 40L, CandidateSource.UNIFORM));
    }

    @Test
    void theMarginIsTheDifferenceOfStandardizedScores() {
        // mean .4, standard deviation √(.08 / 3)
        List<PairJudgment> pairs =
                deriver(190, 1).pairs(prompt(uniform(10), uniform(11), uniform(12)), scored(0.2, 0.4, 0.6));

        Map<Long, Float> byOther = new HashMap<>();
        pairs.stream().filter(pair -> pair.preferred() == 12).forEach(pair -> byOther.put(pair.other(), pair.margin()));
        assertThat(byOther.get(10L)).isCloseTo((float) (0.4 / Math.sqrt(0.08 / 3)), within(1e-5f));
        assertThat(byOther.get(11L)).isCloseTo((float) (0.2 / Math.sqrt(0.08 / 3)), within(1e-5f));
    }

    @Test
    void aJudgeThatScoresAllAlikePrefersNothing() {
        assertThat(deriver(190, 1).pairs(prompt(uniform(10), uniform(11), uniform(12)), scored(0.3, 0.3, 0.3)))
                .hasSize(3)
                .extracting(PairJudgment::margin)
                .containsOnly(0f);
    }

    @Test
    void theAnswersConsistencyGoesWithEachPair() {
        assertThat(deriver(190, 1)
                        .pairs(prompt(uniform(10), uniform(11)), new Judgment.Scored(List.of(0.1f, 0.2f), 0.75)))
                .extracting(PairJudgment::consistency)
                .containsExactly(0.75f);
    }

    @Test
    void keepsNoMorePairsThanAsked() {
        assertThat(twenty(190, 1)).hasSize(190).doesNotHaveDuplicates();
        assertThat(twenty(60, 1)).hasSize(60).doesNotHaveDuplicates();
        assertThat(twenty(1, 1)).hasSize(1);
    }

    @Test
    void whichPairsAreKeptIsDrawnBySeedAndUser() {
        assertThat(twenty(60, 1)).isEqualTo(twenty(60, 1)).isNotEqualTo(twenty(60, 2));
    }

    @Test
    void everyPairIsKeptEquallyOften() {
        Map<List<Long>, Integer> kept = new HashMap<>();
        for (int seed = 0; seed < 2_000; seed++) {
            twenty(19, seed).forEach(pair -> kept.merge(List.of(pair.preferred(), pair.other()), 1, Integer::sum));
        }
        // each with probability .1: 200 ± 13.4
        assertThat(kept).hasSize(190);
        assertThat(kept.values()).allSatisfy(count -> assertThat(count).isBetween(140, 260));
    }

    @Test
    void theExamCountsWhatTheAuditItemBeats() {
        CandidateSet prompt = prompt(uniform(10), audit(30), uniform(11), popular(20), uniform(12));

        // the judge: above 10 and 12, ties with 11, below 20; popularity (the id): above all
        assertThat(deriver(190, 1).audit(prompt, scored(0.1, 0.5, 0.5, 0.9, 0.2)))
                .hasValueSatisfying(exam -> {
                    assertThat(exam.wins()).isEqualTo(2.5f / 4);
                    assertThat(exam.place()).as("a tie counts half, rounded up").isEqualTo(3);
                    assertThat(exam.candidates()).isEqualTo(5);
                    assertThat(exam.popularityWins()).isEqualTo(1);
                    assertThat(exam.popularity()).isEqualTo(30);
                    assertThat(exam.itemId()).isEqualTo(30);
                    assertThat(exam.userId()).isEqualTo(7);
                    assertThat(exam.historyLength()).isEqualTo(2);
                });
    }

    @Test
    void theBestIsFirstTheWorstLastAndATieOfAllInTheMiddle() {
        CandidateSet prompt = prompt(audit(1), uniform(10), uniform(11), uniform(12), uniform(13));

        assertThat(place(prompt, 0.9, 0.1, 0.2, 0.3, 0.4)).isEqualTo(1);
        assertThat(place(prompt, 0.0, 0.1, 0.2, 0.3, 0.4)).isEqualTo(5);
        assertThat(place(prompt, 0.5, 0.5, 0.5, 0.5, 0.5)).isEqualTo(3);
    }

    @Test
    void thereIsNoExamWithoutAnAuditItem() {
        assertThat(deriver(190, 1).audit(prompt(recorded(1), recorded(2)), scored(0.1, 0.2)))
                .isEmpty();
    }

    private static Candidate rescue(long item) {
        return new Candidate(item, CandidateSource.RESCUE, 0.3);
    }

    private static Candidate model(long item) {
        return new Candidate(item, CandidateSource.MODEL, 0.3);
    }

    private static int place(CandidateSet prompt, double... scores) {
        return deriver(190, 1).audit(prompt, scored(scores)).orElseThrow().place();
    }

    private static List<PairJudgment> twenty(int pairsPerUser, long seed) {
        Candidate[] candidates =
                IntStream.range(10, 30).mapToObj(item -> uniform(item)).toArray(Candidate[]::new);
        double[] scores = new double[20];
        Arrays.setAll(scores, position -> position / 20.0);
        return deriver(pairsPerUser, seed).pairs(prompt(candidates), scored(scores));
    }

    private static Candidate tail(long itemId) {
        return new Candidate(itemId, CandidateSource.TAIL, 0.5);
    }

    private static Candidate cold(long itemId) {
        return new Candidate(itemId, CandidateSource.COLD, 0.5);
    }

    /** Items are as popular as their id says. */
    private static PairDeriver deriver(int pairsPerUser, long seed) {
        return new PairDeriver(pairsPerUser, new Seeds(seed), rowId -> (int) rowId, rowId -> (int) rowId);
    }

    private static org.assertj.core.groups.Tuple tuple(long preferred, long other, CandidateSource source) {
        return org.assertj.core.groups.Tuple.tuple(preferred, other, source);
    }
}
