package dev.discern.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.data.InteractionMatrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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
    void knowsItInALargeCatalogueToo() {
        int items = 1 << 21;
        int[] rowStart = new int[1026];
        Arrays.fill(rowStart, 1, rowStart.length, 3);
        SeenItems seen = new SeenItems(new InteractionMatrix(items, rowStart, new int[] {items - 1, 5, 0}));

        assertThat(seen.contains(0, 5)).isTrue();
        assertThat(seen.contains(0, items - 1)).isTrue();
        assertThat(seen.contains(0, 6)).isFalse();
        assertThat(seen.contains(1024, 5)).isFalse();
    }

    @Test
    void theFilterMissesNothingAndAnswersMostQuestionsAlone() {
        int items = 12_000;
        int users = 500;
        int[] rowStart = IntStream.rangeClosed(0, users).map(user -> user * 7).toArray();
        SplittableRandom random = new SplittableRandom(2);
        int[] columns =
                IntStream.range(0, users * 7).map(k -> random.nextInt(items)).toArray();
        InteractionMatrix train = new InteractionMatrix(items, rowStart, columns);
        SeenItems seen = new SeenItems(train);

        int doubted = 0;
        for (int user = 0; user < users; user++) {
            for (int item : train.row(user)) {
                assertThat(seen.mayContain(user, item)).isEqualTo(1);
            }
            for (int n = 0; n < 100; n++) {
                doubted += (int) seen.mayContain(user, random.nextInt(items));
            }
        }
        assertThat(doubted).isLessThan(users * 100 / 8); // 7 of 64 bits, 10.4 %
    }

    @Test
    void knowsVeryLongHistories() {
        int[] columns = IntStream.range(0, 30_000).map(k -> 3 * k).toArray();
        SeenItems seen = new SeenItems(new InteractionMatrix(90_000, new int[] {0, 30_000}, columns));

        for (int item = 0; item < 90_000; item++) {
            assertThat(seen.contains(0, item)).isEqualTo(item % 3 == 0);
        }
    }
}
