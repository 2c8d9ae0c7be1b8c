package dev.discern.scoring.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.db.Snapshot;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.random.Seeds;
import dev.discern.scoring.testing.Models;
import dev.discern.scoring.testing.Snapshots;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A judge that sees what comes after the split's cut would be asked about what it knows. */
class LeakGuardTests {

    static java.util.stream.LongStream seeds() {
        return java.util.stream.LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aPromptShowsNothingOfTheHeldOutItemsButTheAuditItem(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int items = 3 + random.nextInt(60);
        Snapshot snapshot = Snapshots.random(40, items, 15, random);
        CandidateGenerator generator =
                new CandidateGenerator(snapshot, quotas(random), new Seeds(seed), Models.guides(snapshot, random));
        for (int user = 0; user < 40; user++) {
            Optional<CandidateSet> prompt = generator.draw(user);
            if (prompt.isPresent()) {
                assertNoLeak(snapshot.histories().row(user), prompt.get());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsHeldOutDoesNotChangeWhatIsDrawn(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] histories = new int[30][];
        int[][] otherFuture = new int[30][];
        for (int user = 0; user < 30; user++) {
            int length = 3 + random.nextInt(8);
            int start = random.nextInt(80);
            histories[user] = Snapshots.range(start, start + length);
            otherFuture[user] = histories[user].clone();
            otherFuture[user][length - 1] = 95 + random.nextInt(5);
            if (user > 0) {
                otherFuture[user][length - 2] = 90 + random.nextInt(5);
            }
        }
        Seeds seeds = new Seeds(seed);

        Quotas quotas = new Quotas(6, 2, 2, 2, 4, 3);

        assertThat(generator(otherFuture, quotas, seeds).draw(0))
                .as("the prompt of a user whose test item is another one, as are the others' futures")
                .isEqualTo(generator(histories, quotas, seeds).draw(0));
    }

    /** The guides are the same whatever the histories. */
    private static CandidateGenerator generator(int[][] histories, Quotas quotas, Seeds seeds) {
        Snapshot snapshot = Snapshots.of(100, histories);
        return new CandidateGenerator(snapshot, quotas, seeds, Models.guides(snapshot, new SplittableRandom(9)));
    }

    private static void assertNoLeak(int[] history, CandidateSet prompt) {
        Set<Long> train = new HashSet<>();
        Arrays.stream(history, 0, history.length - 2).forEach(item -> train.add(Snapshots.itemRowId(item)));
        long validation = Snapshots.itemRowId(history[history.length - 2]);

        assertThat(prompt.history()).isSubsetOf(train);
        assertThat(prompt.historyLength()).isEqualTo(train.size());
        assertThat(prompt.candidates())
                .extracting(Candidate::itemId)
                .doesNotContainAnyElementsOf(train)
                .containsOnlyOnce(validation);
        assertThat(prompt.candidates())
                .filteredOn(candidate -> candidate.source() == CandidateSource.AUDIT)
                .extracting(Candidate::itemId)
                .containsExactly(validation);
    }

    private static Quotas quotas(SplittableRandom random) {
        return new Quotas(
                random.nextInt(6),
                random.nextInt(4),
                random.nextInt(3),
                random.nextInt(3),
                1 + random.nextInt(4),
                random.nextInt(4));
    }
}
