package dev.discern.serving.web;

import dev.discern.common.data.Item;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is said of an item; what is left out is empty.
 *
 * @param available whether it may be recommended; true when absent
 * @param expiresAt from when on it may not be recommended; never when absent
 */
record ItemBody(
        @Nullable
        @Size(max = Limits.TITLE, message = "expected at most 2000 characters")
        @Pattern(regexp = Limits.STORABLE, message = Limits.NULL_CHARACTER)
        String title,

        @Nullable @Size(max = Limits.CATEGORIES, message = "expected at most 100 categories")
        List<
                        @NotBlank(message = "expected a category, got none")
                        @Size(max = Limits.NAME, message = "expected at most 200 characters")
                        @Pattern(regexp = Limits.STORABLE, message = Limits.NULL_CHARACTER) String>
                categories,

        @Nullable
        @Size(max = Limits.TEXT, message = "expected at most 20000 characters")
        @Pattern(regexp = Limits.STORABLE, message = Limits.NULL_CHARACTER)
        String description,

        @Nullable @Size(max = Limits.ATTRIBUTES, message = "expected at most 100 attributes")
        Map<
                        @NotBlank(message = "expected a name, got none")
                        @Size(max = Limits.NAME, message = "expected at most 200 characters")
                        @Pattern(regexp = Limits.STORABLE, message = Limits.NULL_CHARACTER) String,
                        @NotNull(message = "expected a text, got null")
                        @Size(max = Limits.TEXT, message = "expected at most 20000 characters")
                        @Pattern(regexp = Limits.STORABLE, message = Limits.NULL_CHARACTER) String>
                attributes,

        @Schema(defaultValue = "true") @Nullable Boolean available,

        @Schema(description = "from when on it may not be recommended; never when absent") @Nullable
        Instant expiresAt) {

    static ItemBody of(Item item) {
        return new ItemBody(
                item.title(),
                item.categories(),
                item.description(),
                item.attributes(),
                item.available(),
                item.expiresAt());
    }

    Item item(String id) {
        return new Item(
                id,
                Objects.requireNonNullElse(title, ""),
                Objects.requireNonNullElse(categories, List.of()),
                Objects.requireNonNullElse(description, ""),
                Objects.requireNonNullElse(attributes, Map.of()),
                Objects.requireNonNullElse(available, true),
                expiresAt);
    }
}
