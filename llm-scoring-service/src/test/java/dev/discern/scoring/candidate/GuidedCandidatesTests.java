package dev.discern.scoring.candidate;

import static dev.discern.scoring.testing.Snapshots.itemIdx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.discern.common.data.IdIndex;
import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.db.Snapshot;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.scoring.published.PublishedModel;
import dev.discern.scoring.testing.Models;
import dev.discern.scoring.testing.Snapshots;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Candidates that a published model and an encoder propose. */
class GuidedCandidatesTests {

    private static final int ITEMS = 400;

    private final Snapshot snapshot = Snapshots.random(60, ITEMS, 12, new SplittableRandom(5));
    private final TemporalSplit split = TemporalSplit.leaveLastTwoOut(snapshot.histories());
    private final Popularity popularity = Popularity.of(split.train());
    private final Guides guides = Models.guides(snapshot, new SplittableRandom(6));
    private final int user = IntStream.range(0, 60)
            .filter(idx -> split.train().length(idx) > 3)
            .findFirst()
            .orElseThrow();

    @Test
    void modelCandidatesAreOfItsBestHundred() {
        assertThat(everDrawn(new Quotas(0, 0, 0, 0, 19, 0), CandidateSource.MODEL))
                .isEqualTo(top(100))
                .hasSize(100);
    }

    @Test
    void besideRescueCandidatesTheyAreOfItsBestTwenty() {
        assertThat(everDrawn(new Quotas(0, 0, 0, 0, 10, 9), CandidateSource.MODEL))
                .isEqualTo(top(20))
                .hasSize(20);
    }

    @Test
    void rescueCandidatesAreTheRareItemsThatTheEncoderFindsMostPlausible() {
        Set<Integer> drawn = everDrawn(new Quotas(0, 0, 0, 0, 4, 15), CandidateSource.RESCUE);

        assertThat(drawn).hasSize(30).allMatch(popularity::isRare);
        assertThat(drawn).doesNotContainAnyElementsOf(top(20));
        int[] train = split.train().row(user);
        List<Long> recent = Arrays.stream(train, Math.max(0, train.length - 10), train.length)
                .mapToObj(Snapshots::itemRowId)
                .toList();
        int[] own = snapshot.histories().row(user);
        Set<Integer> top = top(20);
        assertThat(drawn)
                .isEqualTo(set(guides.plausibility()
                        .best(
                                recent,
                                IntStream.range(0, ITEMS).toArray(),
                                30,
                                item -> popularity.isRare(item)
                                        && !top.contains(item)
                                        && Arrays.stream(own).noneMatch(mine -> mine == item))));
    }

    @Test
    void inclusionProbabilitiesAreTheFrequenciesOfTheDraws() {
        Quotas quotas = new Quotas(4, 2, 2, 2, 5, 4);
        int draws = 3_000;
        int[] seen = new int[ITEMS];
        double[] probability = new double[ITEMS];
        for (int seed = 0; seed < draws; seed++) {
            for (Candidate candidate : draw(quotas, seed).candidates()) {
                int item = itemIdx(candidate.itemId());
                seen[item]++;
                assertThat(probability[item]).isIn(0.0, candidate.inclusionProbability());
                probability[item] = candidate.inclusionProbability();
            }
        }
        for (int item = 0; item < ITEMS; item++) {
            double spread = Math.sqrt(probability[item] * (1 - probability[item]) / draws);
            assertThat(Math.abs((double) seen[item] / draws - probability[item]))
                    .as("item %d: %d of %d, π = %s", item, seen[item], draws, probability[item])
                    .isLessThanOrEqualTo(4.5 * spread);
        }
        top(20).forEach(item -> assertThat(probability[item])
                .as("more than the quarter of the list")
                .isGreaterThan(0.25));
    }

    @Test
    void aUserWhomTheModelDoesNotKnowHasNone() {
        IdIndex others = IdIndex.of(IntStream.range(0, 60)
                .filter(idx -> idx != user)
                .mapToObj(snapshot.users()::id)
                .toList());
        Guides without = new Guides(
                new PublishedModel(
                                Models.random("v", others, snapshot.items(), 4, new SplittableRandom(1)),
                                Kernels.best())
                        .on(snapshot),
                guides.plausibility());
        Seeds seeds = new Seeds(1);

        assertThat(new CandidateGenerator(snapshot, new Quotas(3, 0, 0, 0, 8, 8), seeds, without)
                        .draw(user)
                        .orElseThrow()
                        .candidates())
                .extracting(Candidate::source)
                .containsExactlyInAnyOrder(
                        CandidateSource.UNIFORM,
                        CandidateSource.UNIFORM,
                        CandidateSource.UNIFORM,
                        CandidateSource.AUDIT);
        assertThat(new CandidateGenerator(snapshot, new Quotas(0, 0, 0, 0, 8, 8), seeds, without).draw(user))
                .as("nothing but the audit item is nothing to ask about")
                .isEmpty();
    }

    @Test
    void guidesDoNotChangeWhatTheOtherSourcesDraw() {
        CandidateSet with = draw(new Quotas(6, 2, 2, 2, 4, 3), 1);
        CandidateSet without = new CandidateGenerator(snapshot, new Quotas(6, 2, 2, 2), new Seeds(1))
                .draw(user)
                .orElseThrow();

        assertThat(with.candidates().stream().map(Candidate::itemId))
                .containsAll(
                        without.candidates().stream().map(Candidate::itemId).toList());
    }

    @Test
    void quotasThatNeedGuidesAreRefusedWithoutThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CandidateGenerator(snapshot, new Quotas(1, 0, 0, 0, 1, 0), new Seeds(1)))
                .withMessage("candidates of the model need a model");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CandidateGenerator(
                        snapshot, new Quotas(1, 0, 0, 0, 1, 1), new Seeds(1), new Guides(guides.model(), null)))
                .withMessage("rescue candidates need an encoder");
    }

    private Set<Integer> everDrawn(Quotas quotas, CandidateSource source) {
        Set<Integer> drawn = new TreeSet<>();
        for (int seed = 0; seed < 150; seed++) {
            draw(quotas, seed).candidates().stream()
                    .filter(candidate -> candidate.source() == source)
                    .forEach(candidate -> drawn.add(itemIdx(candidate.itemId())));
        }
        return drawn;
    }

    private CandidateSet draw(Quotas quotas, long seed) {
        return new CandidateGenerator(snapshot, quotas, new Seeds(seed), guides)
                .draw(user)
                .orElseThrow();
    }

    private Set<Integer> top(int limit) {
        int[] own = snapshot.histories().row(user);
        return set(guides.model().top(user, limit, item -> Arrays.stream(own).noneMatch(mine -> mine == item)));
    }

    private static Set<Integer> set(int[] items) {
        return new TreeSet<>(Arrays.stream(items).boxed().toList());
    }
}
