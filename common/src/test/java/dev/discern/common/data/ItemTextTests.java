package dev.discern.common.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemTextTests {

    @Test
    void isTitleCategoriesAndDescriptionOnOneLine() {
        assertThat(text(" Heat\n(1995)", List.of("Crime", "Drama"), "Two men.\r\n\tOne city."))
                .isEqualTo("Heat (1995). Crime, Drama. Two men. One city.");
    }

    @Test
    void leavesOutWhatIsMissing() {
        assertThat(text("", List.of("Crime"), "")).isEqualTo("Crime");
        assertThat(text("Heat", List.of(), "  ")).isEqualTo("Heat");
        assertThat(ItemText.of(item(" \t", List.of(), "\u0000")).isEmpty()).isTrue();
    }

    @Test
    void isOfLimitedLengthAndNeverEndsInHalfACharacter() {
        assertThat(text("x".repeat(700), List.of(), "")).hasSize(600);
        assertThat(text("x".repeat(599) + "🦉 and more", List.of(), "")).isEqualTo("x".repeat(599));
    }

    @Test
    void theHashIsOfTheTextAlone() {
        ItemText one = ItemText.of(new Item("1", "Heat", List.of(), "", Map.of(), true));
        ItemText two = ItemText.of(new Item("2", " Heat ", List.of(), "", Map.of("year", "1995"), false));

        assertThat(one.hash()).hasSize(64).isEqualTo(two.hash());
        assertThat(one.hash())
                .isNotEqualTo(ItemText.of(item("Heat 2", List.of(), "")).hash());
    }

    private static String text(String title, List<String> categories, String description) {
        return ItemText.of(item(title, categories, description)).text();
    }

    private static Item item(String title, List<String> categories, String description) {
        return new Item("id", title, categories, description, Map.of(), true);
    }
}
