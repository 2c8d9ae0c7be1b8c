package dev.discern.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.data.InteractionMatrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeenItemsTests {

    @Test
    void knowsExactlyWhatEachUserHas() {
        int items = 67; // no multiple of 64: rows begin anywhere in a word
        int[] rowStart = {0, 3, 3, 70, 72};
        SplittableRandom random = new SplittableRandom(1);
        int[] columns = new int[72];
        Arrays.setAll(columns, k -> k < 3 || k >= 70 ? random.nextInt(items) : k - 3);
        InteractionMatrix train = new InteractionMatrix(items, rowStart, columns);

        SeenItems seen = new SeenItems(train);

        for (int user = 0; user < train.users(); user++) {
            for (int item = 0; item < items; item++) {
                int wanted = item;
                assertThat(seen.contains(user, item))
                        .as("user %d, item %d", user, item)
                        .isEqualTo(Arrays.stream(train.row(user)).anyMatch(own -> own == wanted));
            }
        }
    }

    @Test
    void searchesWhereBitsWouldNotFit() {
        int items = 1 << 21;
        int[] rowStart = new int[1026];
        Arrays.fill(rowStart, 1, rowStart.length, 3);
        SeenItems seen = new SeenItems(new InteractionMatrix(items, rowStart, new int[] {items - 1, 5, 0}));

        assertThat(seen.contains(0, 5)).isTrue();
        assertThat(seen.contains(0, items - 1)).isTrue();
        assertThat(seen.contains(0, 6)).isFalse();
        assertThat(seen.contains(1024, 5)).isFalse();
    }
}
