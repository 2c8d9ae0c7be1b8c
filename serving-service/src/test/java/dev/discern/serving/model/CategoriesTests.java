package dev.discern.serving.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.data.Item;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CategoriesTests {

    private final Categories categories = new Categories(
            List.of(item("a", "red", "large, round"), item("b"), item("c", "red"), item("d", "Red", "red", "red")));

    @Test
    void namesAreComparedExactly() {
        assertThat(categories.items("red")).contains(BitSet.valueOf(new long[] {0b1101}));
        assertThat(categories.items("Red")).contains(BitSet.valueOf(new long[] {0b1000}));
        assertThat(categories.items("large, round")).contains(BitSet.valueOf(new long[] {0b0001}));
        assertThat(categories.items("large")).isEmpty();
        assertThat(categories.items("")).isEmpty();
    }

    @Test
    void anAnswerMayBeChangedWithoutHarm() {
        categories.items("red").orElseThrow().clear();
        assertThat(categories.items("red").orElseThrow().cardinality()).isEqualTo(3);
    }

    private static Item item(String id, String... categories) {
        return new Item(id, id, List.of(categories), "", Map.of(), true);
    }
}
