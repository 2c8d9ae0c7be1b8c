package dev.discern.training.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.vector.Kernels;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTasteTests {

    /** Two directions about a common mean of (5, 5); the fourth item has no text. */
    private static final float[][] VECTORS = {{6, 5}, {4, 5}, {5, 6}, null, {5, 4}};

    @Test
    void aTasteIsTheRecencyWeightedSumOfCentredTexts() {
        // oldest first: item 0, then item 2
        DotProductModel taste = TextTaste.of(VECTORS, histories(new int[] {0, 2}), 10);

        double older = Math.pow(2, -0.8);
        double length = Math.hypot(older, 1);
        assertThat(scores(taste, 0))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-5 ? 0 : 1)
                .containsExactly(older / length, -older / length, 1 / length, 0.0, -1 / length);
    }

    @Test
    void onlyTheNewestItemsCount() {
        DotProductModel taste = TextTaste.of(VECTORS, histories(new int[] {1, 1, 0, 2}), 2);

        assertThat(scores(taste, 0)).isEqualTo(scores(TextTaste.of(VECTORS, histories(new int[] {0, 2}), 2), 0));
    }

    @Test
    void nothingIsKnownWithoutTexts() {
        assertThat(scores(TextTaste.of(VECTORS, histories(new int[] {3}), 10), 0))
                .containsOnly(0.0);
        assertThat(scores(TextTaste.of(VECTORS, histories(new int[] {}), 10), 0))
                .containsOnly(0.0);
        DotProductModel none =
                TextTaste.of(new float[3][], new InteractionMatrix(3, new int[] {0, 1}, new int[] {1}), 10);
        assertThat((double) none.score(0, 2, Kernels.scalar())).isCloseTo(0, within(0.0));
    }

    private static List<Double> scores(DotProductModel taste, int user) {
        return java.util.stream.IntStream.range(0, VECTORS.length)
                .mapToObj(item -> (double) taste.score(user, item, Kernels.scalar()))
                .toList();
    }

    private static InteractionMatrix histories(int[] items) {
        return new InteractionMatrix(VECTORS.length, new int[] {0, items.length}, items);
    }
}
