package dev.discern.serving.web;

import dev.discern.common.data.UserProfile;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a user; what is left out is empty.
 *
 * @param categories of items, that the user likes: what a user without a history is recommended from
 */
record UserBody(
        @Nullable @Size(max = Limits.CATEGORIES, message = "expected at most 100 categories")
        List<
                        @NotBlank(message = "expected a category, got none")
                        @Size(max = Limits.NAME, message = "expected at most 200 characters")
                        @Pattern(regexp = Limits.STORABLE, message = Limits.NULL_CHARACTER) String>
                categories,

        @Nullable @Size(max = Limits.ATTRIBUTES, message = "expected at most 100 attributes")
        Map<
                        @NotBlank(message = "expected a name, got none")
                        @Size(max = Limits.NAME, message = "expected at most 200 characters")
                        @Pattern(regexp = Limits.STORABLE, message = Limits.NULL_CHARACTER) String,
                        @NotNull(message = "expected a text, got null")
                        @Size(max = Limits.TEXT, message = "expected at most 20000 characters")
                        @Pattern(regexp = Limits.STORABLE, message = Limits.NULL_CHARACTER) String>
                attributes) {

    static UserBody of(UserProfile user) {
        return new UserBody(user.categories(), user.attributes());
    }

    UserProfile user(String id) {
        return new UserProfile(
                id,
                Objects.requireNonNullElse(categories, List.of()),
                Objects.requireNonNullElse(attributes, Map.of()));
    }
}
