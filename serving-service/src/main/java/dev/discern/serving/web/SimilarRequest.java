package dev.discern.serving.web;

import dev.discern.common.artifact.Alias;
import dev.discern.serving.model.Aspect;
import dev.discern.serving.recommend.CategoryMode;
import dev.discern.serving.recommend.SimilarQuery;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/items:similar}.
 *
 * @param by {@code blend} when absent
 * @param k 10 when absent
 * @param categoryMode {@code any} when absent
 */
record SimilarRequest(
        @Schema(description = "the items that others shall be like; one that comes twice counts once")
        @NotNull(message = "expected a list of item ids")
        @Size(min = 1, max = Limits.SESSION_ITEMS, message = "expected 1 to 1000 items")
        List<@NotNull(message = "expected an item id, got null") String> itemIds,

        @Schema(defaultValue = "blend", description = BY) @Nullable
        Aspect by,

        @Schema(defaultValue = "10")
        @Nullable
        @Min(value = 1, message = "expected 1 to 1000")
        @Max(value = Limits.K, message = "expected 1 to 1000")
        Integer k,

        @Nullable @Size(max = Limits.CATEGORIES, message = "expected at most 100 categories")
        List<@NotBlank(message = "expected a category, got none") String> categories,

        @Nullable CategoryMode categoryMode,

        @Nullable @Size(max = Limits.EXCLUDED_ITEMS, message = "expected at most 10000 items")
        List<@NotNull(message = "expected an item id, got null") String> excludeItems,

        @Schema(description = RecommendationsRequest.MODEL) @Nullable
        Alias model) {

    static final String BY =
            "what is compared: behaviour (who has the items), text (what their texts say; only models with a text part), or"
                    + " blend (both)";

    SimilarQuery query() {
        return new SimilarQuery(
                itemIds,
                Objects.requireNonNullElse(k, RecommendationsRequest.DEFAULT_K),
                Objects.requireNonNullElse(by, Aspect.BLEND),
                Objects.requireNonNullElse(categories, List.of()),
                Objects.requireNonNullElse(categoryMode, CategoryMode.ANY),
                Objects.requireNonNullElse(excludeItems, List.of()));
    }
}
