package dev.discern.serving.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.vector.Kernels;
import dev.discern.serving.testing.TestModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GraphTopKIndexTests extends TopKIndexContract {

    private static final int ITEMS = 4000;
    private static final int DIM = 16;
    private static final int K = 10;

    private static final EmbeddingTable TABLE = TestModels.table(ITEMS, DIM, new Random(11));
    private static final float[] BIAS =
            TestModels.table(ITEMS, 1, new Random(12)).values();
    private static final CatalogIndexes INDEXES = indexes(ITEMS - 1);
    private static final TopKIndex EXACT =
            new ExactTopKIndex(Kernels.best(), ScoredItems.byDot(TABLE, BIAS), ScanThreads.upTo(1));

    private final Random random = new Random(13);

    private static CatalogIndexes indexes(int approximateAbove) {
        return CatalogIndexes.of(Kernels.best(), TABLE, BIAS, ScanThreads.upTo(1), approximateAbove);
    }

    @Override
    TopKIndex index(ScoredItems items) {
        return new GraphTopKIndex(
                Kernels.best(), items, new ExactTopKIndex(Kernels.best(), items, ScanThreads.upTo(1)));
    }

    @Test
    void findsAlmostAllOfTheBestAndTheirExactScores() {
        assertThat(INDEXES.byScore().name()).isEqualTo("hnsw");
        for (int percent : new int[] {100, 50, 10}) {
            ItemMask mask = Masks.exactly(ITEMS, item -> Math.floorMod(item * 0x9E3779B9, 100) < percent);
            List<float[]> queries = new ArrayList<>();
            for (int n = 0; n < 50; n++) {
                queries.add(TestModels.table(1, DIM, random).values());
            }
            int hits = 0;
            for (float[] query : queries) {
                TopK found = INDEXES.byScore().search(query, K, mask);
                TopK expected = EXACT.search(query, K, mask);
                assertThat(found.size()).isEqualTo(K);
                for (int place = 0; place < K; place++) {
                    int item = found.items()[place];
                    assertThat(mask.test(item)).isTrue();
                    int best = IntStream.of(expected.items()).boxed().toList().indexOf(item);
                    if (best >= 0) {
                        hits++;
                        assertThat(found.scores()[place]).isEqualTo(expected.scores()[best]);
                    }
                    assertThat(place == 0 || found.scores()[place] <= found.scores()[place - 1])
                            .isTrue();
                }
            }
            assertThat(hits).as("%d %%", percent).isGreaterThanOrEqualTo(450);
        }
    }

    @Test
    void whereTheGraphWouldNotDoTheExactIndexAnswers() {
        float[] query = TestModels.table(1, DIM, random).values();
        ItemMask few = Masks.exactly(ITEMS, item -> item % 40 == 3);
        assertThat(INDEXES.byScore().search(query, K, few).items())
                .isEqualTo(EXACT.search(query, K, few).items());
        assertThat(INDEXES.byScore().search(query, 300, ItemMask.ALL).items())
                .isEqualTo(EXACT.search(query, 300, ItemMask.ALL).items());
        ItemMask late = Masks.late(item -> item < 5); // its words promise more than there is
        assertThat(INDEXES.byScore().search(query, K, late).items())
                .isEqualTo(EXACT.search(query, K, late).items());
    }

    @Test
    void queriesTogetherAreAnsweredAsIfAlone() {
        List<Search> searches = List.of(
                new Search(TestModels.table(1, DIM, random).values(), K, ItemMask.ALL),
                new Search(TestModels.table(1, DIM, random).values(), K + 3, ItemMask.ALL));
        List<TopK> together = INDEXES.byScore().search(searches);
        for (int n = 0; n < 2; n++) {
            assertThat(together.get(n).items())
                    .isEqualTo(INDEXES.byScore().search(searches.get(n)).items());
        }
    }

    @Test
    void recallIsMeasuredWhereItIsNotCertain() {
        List<float[]> queries = List.of(Arrays.copyOf(TABLE.values(), DIM), new float[DIM]);
        assertThat(INDEXES.recall(queries.subList(0, 1), K).orElseThrow()).isBetween(0.9, 1.0);
        assertThat(INDEXES.recall(List.of(), K)).isEmpty();
        assertThat(indexes(ITEMS).recall(queries, K)).isEmpty();
        assertThat(INDEXES.byCosine().name()).isEqualTo("int8");
    }
}
