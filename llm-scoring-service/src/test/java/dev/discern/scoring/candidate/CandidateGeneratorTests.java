package dev.discern.scoring.candidate;

import static dev.discern.scoring.testing.Snapshots.itemIdx;
import static dev.discern.scoring.testing.Snapshots.itemRowId;
import static dev.discern.scoring.testing.Snapshots.range;
import static dev.discern.scoring.testing.Snapshots.userRowId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.db.Snapshot;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.random.Seeds;
import dev.discern.scoring.testing.Snapshots;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateGeneratorTests {

    private static final Seeds SEEDS = new Seeds(1);

    @Test
    void aPromptIsAboutTheUsersLastTrainingItems() {
        CandidateSet prompt = draw(Snapshots.of(40, range(0, 15)), Quotas.DEFAULTS, 1);

        assertThat(prompt.userId()).isEqualTo(userRowId(0));
        assertThat(prompt.historyLength()).isEqualTo(13);
        assertThat(prompt.history())
                .containsExactlyElementsOf(
                        LongStream.range(itemRowId(3), itemRowId(13)).boxed().toList());
    }

    @Test
    void keepsTheQuotas() {
        Snapshot snapshot = Snapshots.random(200, 500, 12, new SplittableRandom(5));
        CandidateGenerator generator = new CandidateGenerator(snapshot, new Quotas(12, 3, 2, 2), SEEDS);
        int full = 0;
        for (int user = 0; user < 200; user++) {
            Optional<CandidateSet> prompt = generator.draw(user);
            if (prompt.isEmpty()) {
                continue;
            }
            Map<CandidateSource, Integer> drawn = bySource(prompt.get());
            boolean cold = prompt.get().historyLength() <= 3;
            assertThat(drawn.get(CandidateSource.UNIFORM)).isEqualTo(cold ? 12 : 14);
            assertThat(drawn.getOrDefault(CandidateSource.POPULAR, 0)).isBetween(0, 3);
            assertThat(drawn.getOrDefault(CandidateSource.TAIL, 0)).isBetween(0, 2);
            assertThat(drawn.getOrDefault(CandidateSource.COLD, 0)).isBetween(0, cold ? 2 : 0);
            assertThat(drawn.get(CandidateSource.AUDIT)).isEqualTo(1);
            full += prompt.get().candidates().size() == 20 ? 1 : 0;
        }
        assertThat(full).as("an item drawn by two sources is rare").isGreaterThan(50);
    }

    @Test
    void popularAndTailItemsComeFromTheirEndsOfThePopularityOrder() {
        int[][] histories = new int[100][];
        for (int user = 0; user < 100; user++) {
            histories[user] = range(0, user + 3); // item k has 100 - k training interactions
        }
        Snapshot snapshot = Snapshots.of(400, histories);
        for (int seed = 0; seed < 20; seed++) {
            for (Candidate candidate :
                    draw(snapshot, new Quotas(0, 9, 9, 0), seed).candidates()) {
                switch (candidate.source()) {
                    case POPULAR -> assertThat(itemIdx(candidate.itemId())).isLessThan(300);
                    case TAIL -> assertThat(itemIdx(candidate.itemId())).isGreaterThanOrEqualTo(360);
                    default -> assertThat(candidate.source()).isEqualTo(CandidateSource.AUDIT);
                }
            }
        }
    }

    @Test
    void theAuditItemStandsAtEveryPlaceEquallyOften() {
        Snapshot snapshot = Snapshots.of(60, range(0, 8));
        int[] places = new int[10];
        int draws = 10_000;
        for (int seed = 0; seed < draws; seed++) {
            CandidateSet prompt = draw(snapshot, new Quotas(9, 0, 0, 0), seed);
            places[prompt.auditPosition().orElseThrow()]++;
        }
        // χ² with 9 degrees of freedom is above 27.9 once in a thousand
        assertThat(chiSquare(places, draws / 10.0)).isLessThan(27.9);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6})
    void inclusionProbabilitiesAreTheFrequenciesOfTheDraws(int trainingItems) {
        int[][] histories = new int[12][];
        histories[0] = range(0, trainingItems + 2);
        for (int user = 1; user < 12; user++) {
            histories[user] = range(5, 5 + 2 * user);
        }
        Snapshot snapshot = Snapshots.of(30, histories);
        int draws = 20_000;
        int[] seen = new int[30];
        double[] probability = new double[30];
        for (int seed = 0; seed < draws; seed++) {
            for (Candidate candidate :
                    draw(snapshot, new Quotas(3, 2, 1, 2), seed).candidates()) {
                int item = itemIdx(candidate.itemId());
                seen[item]++;
                assertThat(probability[item]).isIn(0.0, candidate.inclusionProbability());
                probability[item] = candidate.inclusionProbability();
            }
        }
        for (int item = 0; item < 30; item++) {
            double spread = Math.sqrt(probability[item] * (1 - probability[item]) / draws);
            assertThat(Math.abs((double) seen[item] / draws - probability[item]))
                    .as("item %d: %d of %d, π = %s", item, seen[item], draws, probability[item])
                    .isLessThanOrEqualTo(4.5 * spread);
        }
        assertThat(seen[trainingItems]).as("the audit item").isEqualTo(draws);
    }

    @Test
    void theSameSeedDrawsTheSameWhoeverElseIsAskedAbout() {
        Snapshot snapshot = Snapshots.random(50, 100, 8, new SplittableRandom(3));
        CandidateGenerator one = new CandidateGenerator(snapshot, Quotas.DEFAULTS, SEEDS);
        CandidateGenerator two = new CandidateGenerator(snapshot, Quotas.DEFAULTS, SEEDS);
        CandidateGenerator other = new CandidateGenerator(snapshot, Quotas.DEFAULTS, new Seeds(2));
        int different = 0;
        for (int user = 49; user >= 0; user--) {
            Optional<CandidateSet> first = one.draw(user);
            assertThat(two.draw(user)).isEqualTo(first).isEqualTo(two.draw(user));
            different += other.draw(user).equals(first) ? 0 : 1;
        }
        assertThat(different).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aUserOfWhomNothingIsHeldOutIsNotAskedAbout(int length) {
        assertThat(new CandidateGenerator(Snapshots.of(40, range(0, length)), Quotas.DEFAULTS, SEEDS).draw(0))
                .isEmpty();
    }

    @Test
    void aTinyCatalogueGivesWhatItHas() {
        CandidateSet prompt = draw(Snapshots.of(5, range(0, 3)), Quotas.DEFAULTS, 1);
        assertThat(prompt.candidates())
                .extracting(candidate -> itemIdx(candidate.itemId()))
                .containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(prompt.candidates())
                .extracting(Candidate::inclusionProbability)
                .as("all are drawn for certain")
                .containsOnly(1.0);
    }

    /** What could not be drawn would be told by its absence. */
    @Test
    void theTestItemIsDrawnLikeAnyOther() {
        Snapshot snapshot = Snapshots.of(40, range(0, 15));
        int[] drawn = new int[40];
        for (int seed = 0; seed < 600; seed++) {
            draw(snapshot, new Quotas(8, 0, 0, 0), seed)
                    .candidates()
                    .forEach(candidate -> drawn[itemIdx(candidate.itemId())]++);
        }
        assertThat(drawn[12]).as("a training item").isZero();
        assertThat(drawn[13]).as("the audit item").isEqualTo(600);
        assertThat((double) drawn[14]).as("the test item, of 26 in the pool").isCloseTo(600 * 8 / 26.0, within(45.0));
    }

    private static CandidateSet draw(Snapshot snapshot, Quotas quotas, long seed) {
        return new CandidateGenerator(snapshot, quotas, new Seeds(seed)).draw(0).orElseThrow();
    }

    private static Map<CandidateSource, Integer> bySource(CandidateSet prompt) {
        Map<CandidateSource, Integer> counts = new EnumMap<>(CandidateSource.class);
        List<Candidate> candidates = prompt.candidates();
        candidates.forEach(candidate -> counts.merge(candidate.source(), 1, Integer::sum));
        return counts;
    }

    private static double chiSquare(int[] counts, double expected) {
        double sum = 0;
        for (int count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }
}
