package dev.discern.serving.web;

import dev.discern.common.artifact.Alias;
import dev.discern.serving.recommend.Audience;
import dev.discern.serving.recommend.CategoryMode;
import dev.discern.serving.recommend.Query;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/recommendations:batch}: many users, one wish. */
record BatchRequest(
        @NotNull(message = "expected a list of user ids")
        @Size(min = 1, max = Limits.BATCH_USERS, message = "expected 1 to 10000 users")
        List<
                        @NotNull(message = "expected a user id, got null")
                        @Size(min = 1, max = Limits.ID_LENGTH, message = Limits.ID) String>
                userIds,

        @Schema(defaultValue = "10")
        @Nullable
        @Min(value = 1, message = "expected 1 to 1000")
        @Max(value = Limits.K, message = "expected 1 to 1000")
        Integer k,

        @Nullable @Size(max = Limits.CATEGORIES, message = "expected at most 100 categories")
        List<@NotBlank(message = "expected a category, got none") String> categories,

        @Nullable CategoryMode categoryMode,
        @Schema(defaultValue = "true") @Nullable Boolean excludeSeen,

        @Schema(defaultValue = "false", description = RecommendationsRequest.EXPLAIN) @Nullable
        Boolean explain,

        @Schema(description = RecommendationsRequest.MODEL) @Nullable
        Alias model) {

    int wanted() {
        return Objects.requireNonNullElse(k, RecommendationsRequest.DEFAULT_K);
    }

    Query query(String userId) {
        return Query.of(new Audience.User(userId), wanted())
                .withCategories(
                        Objects.requireNonNullElse(categories, List.of()),
                        Objects.requireNonNullElse(categoryMode, CategoryMode.ANY))
                .without(List.of(), Objects.requireNonNullElse(excludeSeen, true))
                .explained(Objects.requireNonNullElse(explain, false));
    }
}
