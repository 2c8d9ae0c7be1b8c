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

    private final Random random = new Random(11);
    private final EmbeddingTable table = TestModels.table(ITEMS, DIM, random);
    private final float[] bias = TestModels.table(ITEMS, 1, random).values();
    private final CatalogIndexes indexes =
            CatalogIndexes.of(Kernels.best(), table, bias, ScanThreads.upTo(1), ITEMS - 1);
    private final TopKIndex exact =
            new ExactTopKIndex(Kernels.best(), ScoredItems.byDot(table, bias), ScanThreads.upTo(1));

    @Override
    TopKIndex index(ScoredItems items) {
        return new GraphTopKIndex(
                Kernels.best(), items, new ExactTopKIndex(Kernels.best(), items, ScanThreads.upTo(1)));
    }

    @Test
    void findsAlmostAllOfTheBestAndTheirExactScores() {
        assertThat(indexes.byScore().name()).isEqualTo("hnsw");
        for (int percent : new int[] {100, 50, 10}) {
            ItemMask mask = Masks.exactly(ITEMS, item -> Math.floorMod(item * 0x9E3779B9, 100) < percent);
            List<float[]> queries = new ArrayList<>();
            for (int n = 0; n < 50; n++) {
                queries.add(TestModels.table(1, DIM, random).values());
            }
            int hits = 0;
            for (float[] query : queries) {
                TopK found = indexes.byScore().search(query, K, mask);
                TopK expected = exact.search(query, K, mask);
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
        assertThat(indexes.byScore().search(query, K, few).items())
                .isEqualTo(exact.search(query, K, few).items());
        assertThat(indexes.byScore().search(query, 300, ItemMask.ALL).items())
                .isEqualTo(exact.search(query, 300, ItemMask.ALL).items());
        ItemMask late = Masks.late(item -> item < 5); // its words promise more than there is
        assertThat(indexes.byScore().search(query, K, late).items())
                .isEqualTo(exact.search(query, K, late).items());
    }

    @Test
    void queriesTogetherAreAnsweredAsIfAlone() {
        List<float[]> queries = List.of(
                TestModels.table(1, DIM, random).values(),
                TestModels.table(1, DIM, random).values());
        List<TopK> together = indexes.byScore().search(queries, K, List.of(ItemMask.ALL, ItemMask.ALL));
        for (int n = 0; n < 2; n++) {
            assertThat(together.get(n).items())
                    .isEqualTo(indexes.byScore()
                            .search(queries.get(n), K, ItemMask.ALL)
                            .items());
        }
    }

    @Test
    void recallIsMeasuredWhereItIsNotCertain() {
        List<float[]> queries = List.of(Arrays.copyOf(table.values(), DIM), new float[DIM]);
        assertThat(indexes.recall(queries.subList(0, 1), K).orElseThrow()).isBetween(0.9, 1.0);
        assertThat(indexes.recall(List.of(), K)).isEmpty();
        assertThat(CatalogIndexes.of(Kernels.best(), table, bias, ScanThreads.upTo(1), ITEMS)
                        .recall(queries, K))
                .isEmpty();
        assertThat(indexes.byCosine().name()).isEqualTo("int8");
    }
}
