package dev.discern.serving.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemSetTests {

    /** Sparse and dense ones, and those between. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.0003, 0.002, 0.005, 0.01, 0.5, 1})
    void holdsWhatABitSetHolds(double share) {
        Random random = new Random(1);
        BitSet expected = new BitSet();
        ItemSet.Builder builder = new ItemSet.Builder();
        for (int item = 0; item < 10_000; item++) {
            if (random.nextDouble() < share) {
                expected.set(item);
                builder.add(item).add(item);
            }
        }
        ItemSet items = builder.build();
        long[] words = expected.toLongArray();
        for (int group = 0; group < 200; group++) {
            assertThat(items.word(group)).isEqualTo(group < words.length ? words[group] : 0);
        }
        for (int item = 0; item < 10_100; item++) {
            assertThat(items.test(item)).isEqualTo(expected.get(item));
        }
    }

    /** Sparse and dense ones, and ones that grow or shrink to the other kind. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.002, 0.5})
    void differsInNothingButTheItemsNamed(double share) {
        Random random = new Random(2);
        BitSet expected = new BitSet();
        ItemSet.Builder builder = new ItemSet.Builder();
        random.ints(0, 10_000)
                .distinct()
                .limit((long) (share * 10_000))
                .sorted()
                .forEach(item -> {
                    expected.set(item);
                    builder.add(item);
                });
        ItemSet before = builder.build();
        int[] named = random.ints(0, 12_000).distinct().limit(300).toArray();
        for (int item : named) {
            expected.set(item, item % 3 == 0);
        }

        ItemSet after = before.with(named, item -> item % 3 == 0);

        for (int item = 0; item < 12_100; item++) {
            assertThat(after.test(item)).isEqualTo(expected.get(item));
        }
        assertThat(before.with(new int[0], _ -> true).test(5)).isEqualTo(before.test(5));
    }

    @Test
    void refusesWhatIsOutOfOrder() {
        ItemSet.Builder builder = new ItemSet.Builder().add(64);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(63)).withMessage("item 63 comes too late");
    }
}
