package dev.discern.serving.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.data.Item;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CategoriesTests {

    private final Categories categories = new Categories(
            List.of(item("a", "red", "large, round"), item("b"), item("c", "red"), item("d", "Red", "red", "red")));

    @Test
    void namesAreComparedExactly() {
        assertThat(word("red")).isEqualTo(0b1101);
        assertThat(word("Red")).isEqualTo(0b1000);
        assertThat(word("large, round")).isEqualTo(0b0001);
        assertThat(categories.items("large")).isEmpty();
        assertThat(categories.items("")).isEmpty();
    }

    private long word(String category) {
        return categories.items(category).orElseThrow().word(0);
    }

    private static Item item(String id, String... categories) {
        return new Item(id, id, List.of(categories), "", Map.of(), true);
    }
}
