package dev.discern.training.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every scorer that learns from interactions without being trained keeps to. Planted: users walk upwards through one of three
 * rings of ten items, so an item is followed by the next of its ring. Ring 0 is walked twice as often as the others; the last items
 * are nobody's.
 */
public abstract class ScorerContract {

    protected static final int RING = 10;
    private static final int ITEMS = 3 * RING + 3;
    private static final int WALKS = 400;
    private static final int STEPS = 6;

    /** Users 0 to 4: two of ring 1, one of ring 2, one with nothing, one with only items that nobody had in training. */
    private static final InteractionMatrix HISTORIES = new InteractionMatrix(
            ITEMS, new int[] {0, 3, 6, 8, 8, 10}, new int[] {12, 13, 14, 12, 13, 14, 28, 29, 31, 32});

    private static final int[] USERS = {0, 1, 2, 3, 4};

    /** The scorer that learns from {@code train} and scores users with these histories. */
    protected abstract Scorer scorer(InteractionMatrix train, InteractionMatrix histories);

    /** The items that may be first, not counting their own, for users whose last item is the {@code last} of the {@code ring}. */
    protected abstract List<Integer> answers(int ring, int last);

    @Test
    void thePlantedItemIsFirst() {
        assertThat(best(0)).isIn(answers(1, 4));
        assertThat(best(2)).isIn(answers(2, 9));
    }

    @Test
    void theSameDataGivesTheSameScores() {
        assertThat(scores(taught(), USERS, 0, 5)).isEqualTo(scores(taught(), USERS, 0, 5));
    }

    @Test
    void usersInABlockScoreAsEachAlone() {
        float[] block = scores(taught(), USERS, 1, 4);

        for (int n = 1; n < 4; n++) {
            assertThat(scores(taught(), new int[] {USERS[n]}, 0, 1))
                    .containsExactly(Arrays.copyOfRange(block, (n - 1) * ITEMS, n * ITEMS), within(1e-5f));
        }
    }

    @Test
    void whatTheRowsHeldBeforeDoesNotMatter() {
        float[] dirty = new float[5 * ITEMS];
        Arrays.fill(dirty, 77);
        taught().scores(USERS, 0, 5, dirty);

        assertThat(dirty).isEqualTo(scores(taught(), USERS, 0, 5));
    }

    @Test
    void usersAlikeAndItemsAlikeTie() {
        float[] scores = scores(taught(), USERS, 0, 5);

        assertThat(Arrays.copyOfRange(scores, 0, ITEMS)).isEqualTo(Arrays.copyOfRange(scores, ITEMS, 2 * ITEMS));
        assertThat(scores[3 * RING]).isEqualTo(scores[3 * RING + 1]).isEqualTo(scores[3 * RING + 2]);
    }

    @Test
    void emptyAndUnknownHistoriesHaveFiniteScores() {
        for (float score : scores(taught(), USERS, 3, 5)) {
            assertThat(score).isFinite();
        }
    }

    @Test
    void nothingToLearnFromIsFinite() {
        Scorer ignorant = scorer(new InteractionMatrix(ITEMS, new int[6], new int[0]), HISTORIES);

        assertThat(ignorant.itemCount()).isEqualTo(ITEMS);
        for (float score : scores(ignorant, USERS, 0, 5)) {
            assertThat(score).isFinite();
        }
    }

    private Scorer taught() {
        return scorer(walks(), HISTORIES);
    }

    private int best(int user) {
        float[] scores = scores(taught(), USERS, user, user + 1);
        List<Integer> own = Arrays.stream(HISTORIES.row(user)).boxed().toList();
        return IntStream.range(0, ITEMS)
                .filter(item -> !own.contains(item))
                .boxed()
                .max((a, b) -> Float.compare(scores[a], scores[b]))
                .orElseThrow();
    }

    protected static float[] scores(Scorer scorer, int[] users, int from, int to) {
        float[] scores = new float[(to - from) * scorer.itemCount()];
        scorer.scores(users, from, to, scores);
        return scores;
    }

    private static InteractionMatrix walks() {
        SplittableRandom random = new SplittableRandom(3);
        int[] columns = new int[WALKS * STEPS];
        int[] rowStart = new int[WALKS + 1];
        for (int user = 0; user < WALKS; user++) {
            int ring = Math.max(0, random.nextInt(4) - 1);
            int start = random.nextInt(RING);
            for (int step = 0; step < STEPS; step++) {
                columns[user * STEPS + step] = ring * RING + (start + step) % RING;
            }
            rowStart[user + 1] = (user + 1) * STEPS;
        }
        return new InteractionMatrix(ITEMS, rowStart, columns);
    }

    /** All items of a ring. */
    protected static List<Integer> ring(int ring) {
        List<Integer> items = new ArrayList<>();
        for (int item = ring * RING; item < (ring + 1) * RING; item++) {
            items.add(item);
        }
        return items;
    }
}
