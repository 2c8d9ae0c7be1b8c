package dev.discern.serving.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.serving.testing.TestModels;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every index promises. */
abstract class TopKIndexContract {

    abstract TopKIndex index(ScoredItems items);

    final TopKIndex index(EmbeddingTable items, float[] bias) {
        return index(ScoredItems.byDot(items, bias));
    }

    @Test
    void givesFewerWhenFewerAreAllowed() {
        EmbeddingTable items = TestModels.table(40, 4, new Random(1));
        TopKIndex index = index(items, new float[40]);
        assertThat(index.search(new float[4], 100, ItemMask.ALL).size()).isEqualTo(40);
        assertThat(index.search(new float[4], Integer.MAX_VALUE, Masks.exactly(40, item -> item < 3))
                        .size())
                .isEqualTo(3);
        assertThat(index.search(new float[4], 100, Masks.exactly(40, _ -> false))
                        .size())
                .isZero();
    }

    @Test
    void anEmptyCatalogGivesAnEmptyAnswer() {
        TopKIndex index = index(new EmbeddingTable(0, 4, new float[0]), new float[0]);
        assertThat(index.search(new float[4], 10, ItemMask.ALL).size()).isZero();
        assertThat(index.size()).isZero();
        assertThat(index.dim()).isEqualTo(4);
    }

    @Test
    void refusesQueriesOfAnotherShape() {
        TopKIndex index = index(TestModels.table(10, 4, new Random(1)), new float[10]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.search(new float[5], 1, ItemMask.ALL))
                .withMessage("expected a query of 4 dimensions, got 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.search(new float[4], 0, ItemMask.ALL))
                .withMessage("expected k of at least 1, got 0");
        Search right = new Search(new float[4], 1, ItemMask.ALL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.search(List.of(right, new Search(new float[5], 1, ItemMask.ALL))))
                .withMessage("expected a query of 4 dimensions, got 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.search(List.of(right, new Search(new float[4], 0, ItemMask.ALL))))
                .withMessage("expected k of at least 1, got 0");
    }
}
