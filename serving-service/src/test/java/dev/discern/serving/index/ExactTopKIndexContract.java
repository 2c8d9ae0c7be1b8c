package dev.discern.serving.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.serving.testing.TestModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every exact index promises besides, against a sort of all scores. */
abstract class ExactTopKIndexContract extends TopKIndexContract {

    private static final float MAX = Float.MAX_VALUE;

    /** Small whole numbers, so that every order of summation gives the same score and ties abound. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void findsExactlyWhatASortOfAllScoresFinds(long seed) {
        Random random = new Random(seed);
        EmbeddingTable items = wholeNumbers(random.nextInt(1, 3000), random.nextInt(1, 70), random);
        float[] bias = wholeNumbers(items.rows(), 1, random).values();
        TopKIndex index = index(items, bias);
        for (int trial = 0; trial < 20; trial++) {
            float[] query = wholeNumbers(1, items.dim(), random).values();
            int k = trial == 0 ? items.rows() + 7 : random.nextInt(1, 120);
            int percent = trial * 100 / 19; // from none to all
            int salt = random.nextInt();
            IntPredicate allowed = item -> Math.floorMod((item + salt) * 0x9E3779B9, 100) < percent;

            TopK found = index.search(query, k, Masks.exactly(items.rows(), allowed));

            double[] scores = scores(items, bias, query);
            int[] expected = sorted(scores, allowed, k);
            assertThat(found.items())
                    .as("%d of %d, %d %%", k, items.rows(), percent)
                    .isEqualTo(expected);
            assertThat(found.size()).isEqualTo(expected.length);
            assertThat(index.search(query, k, Masks.late(allowed)).items()).isEqualTo(expected);
            for (int place = 0; place < expected.length; place++) {
                assertThat((double) found.scores()[place]).isEqualTo(scores[expected[place]]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "10, 3, 4", "1000, 64, 10", "1024, 16, 50", "1025, 16, 1", "5000, 7, 100", "30, 8, 30"})
    void findsTheBestButForRounding(int size, int dim, int k) {
        Random random = new Random(size * 31L + dim);
        EmbeddingTable items = TestModels.table(size, dim, random);
        float[] bias = TestModels.table(size, 1, random).values();
        TopKIndex index = index(items, bias);
        for (int trial = 0; trial < 5; trial++) {
            float[] query = TestModels.table(1, dim, random).values();
            TopK found = index.search(query, k, ItemMask.ALL);
            double[] scores = scores(items, bias, query);
            int[] sorted = sorted(scores, _ -> true, k);
            for (int place = 0; place < k; place++) {
                // Two items may change places only where their scores are equal but for rounding.
                assertThat(scores[found.items()[place]]).isCloseTo(scores[sorted[place]], offset(1e-4));
                assertThat((double) found.scores()[place]).isCloseTo(scores[found.items()[place]], offset(1e-4));
            }
            assertThat(Arrays.stream(found.items()).distinct()).hasSize(k);
        }
    }

    @Test
    void duplicatesComeInOrderOfIndex() {
        float[] values = new float[2500 * 2];
        for (int item = 0; item < 2500; item++) {
            values[2 * item] = item % 500 == 17 ? 3 : -1;
        }
        TopKIndex index = index(new EmbeddingTable(2500, 2, values), new float[2500]);
        assertThat(index.search(new float[] {1, 1}, 8, ItemMask.ALL).items())
                .containsExactly(17, 517, 1017, 1517, 2017, 0, 1, 2);
        assertThat(index.search(new float[] {0, 0}, 5, Masks.late(item -> item > 1022))
                        .items())
                .containsExactly(1023, 1024, 1025, 1026, 1027);
    }

    @Test
    void theFilterIsAskedOnceAndOnlyAboutItemsThatMayMakeTheList() {
        EmbeddingTable items = TestModels.table(3000, 16, new Random(5));
        int[] asked = new int[3000];
        index(items, new float[3000]).search(new float[16], 10, Masks.late(item -> {
            asked[item]++;
            return true;
        }));
        assertThat(asked).containsOnly(0, 1);
        assertThat(Arrays.stream(asked).sum()).isBetween(10, 74); // all are equal: the first ten, beside them one group
    }

    @Test
    void hugeValuesThatOverflowHideNothing() {
        // Sums of infinities of both signs are no numbers; they rank last, and everything else in its order.
        EmbeddingTable items = new EmbeddingTable(6, 4, new float[] {
            MAX, -MAX, MAX, -MAX, //
            1, 0, 0, 0, //
            MAX, MAX, 0, 0, //
            -MAX, -MAX, 0, 0, //
            0, 0, 0, 0, //
            2, 0, 0, 0
        });
        TopKIndex index = index(items, new float[6]);
        float[] query = {2, 2, 2, 2};
        assertThat(index.search(query, 4, ItemMask.ALL).items()).containsExactly(2, 5, 1, 4);
        assertThat(index.search(query, 1, Masks.late(item -> item != 2)).items())
                .containsExactly(5);
        assertThat(index.search(query, 6, ItemMask.ALL).items()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    }

    @Test
    void aCosineNeedsNoTableOfItsOwn() {
        EmbeddingTable items = TestModels.table(2000, 12, new Random(8));
        Arrays.fill(items.values(), 24, 36, 0); // item 2 has no direction
        TopKIndex index = index(ScoredItems.byCosine(items));
        float[] query = new float[12];
        query[3] = 1;
        TopK found = index.search(query, 2000, ItemMask.ALL);
        for (int place = 0; place < 2000; place++) {
            int item = found.items()[place];
            double norm = Math.sqrt(IntStream.range(item * 12, item * 12 + 12)
                    .mapToDouble(k -> (double) items.values()[k] * items.values()[k])
                    .sum());
            double cosine = item == 2 ? 0 : items.values()[item * 12 + 3] / norm;
            assertThat((double) found.scores()[place]).isCloseTo(cosine, offset(1e-6));
            assertThat(place == 0 || found.scores()[place] <= found.scores()[place - 1])
                    .isTrue();
        }
        assertThat(index.search(query, 7, ItemMask.ALL).items()).isEqualTo(Arrays.copyOf(found.items(), 7));
    }

    @Test
    void queriesTogetherAreAnsweredAsIfAlone() {
        Random random = new Random(4);
        EmbeddingTable items = TestModels.table(20_000, 48, random);
        TopKIndex index = index(items, TestModels.table(20_000, 1, random).values());
        List<Search> searches = new ArrayList<>();
        for (int n = 0; n < 7; n++) {
            int from = 3000 * n;
            searches.add(new Search(
                    TestModels.table(1, 48, random).values(),
                    12 + n,
                    n == 0 ? ItemMask.ALL : Masks.exactly(20_000, item -> item >= from)));
        }
        List<TopK> together = index.search(searches);
        assertThat(together).hasSize(7);
        for (int n = 0; n < 7; n++) {
            TopK alone = index.search(searches.get(n));
            assertThat(together.get(n).items()).hasSize(12 + n).isEqualTo(alone.items());
            assertThat(together.get(n).scores()).isEqualTo(alone.scores());
        }
        assertThat(index.search(List.of())).isEmpty();
    }

    private static EmbeddingTable wholeNumbers(int rows, int dim, Random random) {
        float[] values = new float[rows * dim];
        for (int k = 0; k < values.length; k++) {
            values[k] = random.nextInt(-3, 4);
        }
        return new EmbeddingTable(rows, dim, values);
    }

    private static double[] scores(EmbeddingTable items, float[] bias, float[] query) {
        return IntStream.range(0, items.rows())
                .mapToDouble(item -> {
                    double score = bias[item];
                    for (int k = 0; k < items.dim(); k++) {
                        score += (double) query[k] * items.values()[item * items.dim() + k];
                    }
                    return score;
                })
                .toArray();
    }

    /** Best first, equal scores in order of index: the sort is stable. */
    private static int[] sorted(double[] scores, IntPredicate allowed, int k) {
        return IntStream.range(0, scores.length)
                .filter(allowed)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer item) -> -scores[item]))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
