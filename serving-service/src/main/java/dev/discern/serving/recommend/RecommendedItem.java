package dev.discern.serving.recommend;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One item of an answer.
 *
 * @param rank from 1
 * @param score comparable within one answer only
 * @param title null when the catalog has none
 * @param reasons null unless asked for
 */
@Schema(requiredProperties = {"itemId", "rank", "score"})
public record RecommendedItem(
        String itemId,
        int rank,
        double score,
        @Nullable String title,
        @Nullable List<String> reasons) {}
