package dev.discern.serving.recommend;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One item of an answer.
 *
 * @param rank from 1
 * @param score comparable within one answer only: of a vector, or of what is popular the number of users, the earlier ones counting less
 * @param title null when the catalog has none
 * @param reasons null unless asked for, and for an item that no model knows yet
 * @param explanation null unless asked for, and for an item that no model knows yet
 * @param exploration true where a new item has the place to be tried out; null otherwise
 */
@Schema(requiredProperties = {"itemId", "rank", "score"})
public record RecommendedItem(
        String itemId,
        int rank,

        @Schema(
                description =
                        "comparable within one answer only; of the strategies POPULAR and CONTENT the number of users"
                                + " who have the item, each counting half after the model's half-life, as of the newest day")
        double score,

        @Nullable String title,
        @Nullable List<String> reasons,
        @Nullable Explanation explanation,

        @Schema(
                description = "true for a new item that has this place to be tried out, and not by its score; absent"
                        + " otherwise")
        @Nullable
        Boolean exploration) {}
