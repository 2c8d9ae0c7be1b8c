package dev.discern.serving.web;

import dev.discern.common.artifact.Alias;
import dev.discern.serving.recommend.Audience;
import dev.discern.serving.recommend.Boost;
import dev.discern.serving.recommend.CategoryMode;
import dev.discern.serving.recommend.Query;
import dev.discern.serving.recommend.Variety;
import dev.discern.web.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/recommendations}: {@code userId} or {@code session}, and what the answer must be like.
 *
 * @param k 10 when absent
 * @param categoryMode {@code any} when absent
 * @param excludeSeen true when absent
 * @param boosts what shall stand higher or lower than the model would have it
 */
record RecommendationsRequest(
        @Nullable @Size(min = 1, max = Limits.ID_LENGTH, message = Limits.ID)
        String userId,

        @Nullable @Valid Session session,

        @Schema(defaultValue = "10")
        @Nullable
        @Min(value = 1, message = "expected 1 to 1000")
        @Max(value = Limits.K, message = "expected 1 to 1000")
        Integer k,

        @Nullable @Size(max = Limits.CATEGORIES, message = "expected at most 100 categories")
        List<@NotBlank(message = "expected a category, got none") String> categories,

        @Nullable CategoryMode categoryMode,
        @Schema(defaultValue = "true") @Nullable Boolean excludeSeen,

        @Nullable @Size(max = Limits.EXCLUDED_ITEMS, message = "expected at most 10000 items")
        List<@NotNull(message = "expected an item id, got null") String> excludeItems,

        @Schema(description = DIVERSITY)
        @Nullable
        @DecimalMin(value = "0", message = "expected 0 to 1")
        @DecimalMax(value = "1", message = "expected 0 to 1")
        Double diversity,

        @Schema(description = "how many items may have the same category")
        @Nullable
        @Min(value = 1, message = "expected at least 1")
        Integer maxPerCategory,

        @Schema(defaultValue = "0", description = "the share of long-tail items, at least, as far as there are some")
        @Nullable
        @DecimalMin(value = "0", message = "expected 0 to 1")
        @DecimalMax(value = "1", message = "expected 0 to 1")
        Double minLongTail,

        @Nullable @Size(max = Limits.BOOSTS, message = "expected at most 20 boosts")
        List<@NotNull(message = "expected a boost, got null") Boost> boosts,

        @Schema(defaultValue = "false", description = EXPLAIN) @Nullable
        Boolean explain,

        @Schema(description = MODEL) @Nullable Alias model) {

    static final String MODEL =
            "which model answers: champion, challenger or shadow; by default the champion, or the challenger for the"
                    + " share of users that is tried on it";

    static final String DIVERSITY =
            "0 for the best items, 1 for those least like each other; where no variety is wished the best items, and for"
                    + " somebody of whom nothing is known a varied choice (0.3) of what is popular";

    static final String EXPLAIN =
            "whether each item comes with reasons in words, and with what its score is made of, what it is near to, and what a judge"
                    + " taught of it";

    static final int DEFAULT_K = 10;

    /**
     * What somebody touched just now.
     *
     * @param itemIds oldest first; an item that comes twice counts at its first place
     */
    record Session(
            @Schema(description = "oldest first; an item that comes twice counts at its first place")
            @NotNull(message = "expected a list of item ids")
            @Size(max = Limits.SESSION_ITEMS, message = "expected at most 1000 items")
            List<@NotNull(message = "expected an item id, got null") String> itemIds) {}

    Query query() {
        return Query.of(audience(), Objects.requireNonNullElse(k, DEFAULT_K))
                .withCategories(
                        Objects.requireNonNullElse(categories, List.of()),
                        Objects.requireNonNullElse(categoryMode, CategoryMode.ANY))
                .without(
                        Objects.requireNonNullElse(excludeItems, List.of()),
                        Objects.requireNonNullElse(excludeSeen, true))
                .with(variety())
                .boosted(Objects.requireNonNullElse(boosts, List.of()))
                .explained(Objects.requireNonNullElse(explain, false));
    }

    /** Null where the caller does not say. */
    private @Nullable Variety variety() {
        return diversity == null && maxPerCategory == null && minLongTail == null
                ? null
                : new Variety(
                        Objects.requireNonNullElse(diversity, 0.0),
                        maxPerCategory,
                        Objects.requireNonNullElse(minLongTail, 0.0));
    }

    private Audience audience() {
        if (userId != null && session == null) {
            return new Audience.User(userId);
        }
        if (session != null && userId == null) {
            return new Audience.Session(session.itemIds());
        }
        throw ProblemException.invalid(
                "/userId",
                "REQUIRED",
                userId == null ? "expected userId or session, got neither" : "expected userId or session, got both");
    }
}
