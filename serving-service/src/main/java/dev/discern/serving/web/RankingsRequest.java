package dev.discern.serving.web;

import dev.discern.common.artifact.Alias;
import dev.discern.serving.recommend.Audience;
import dev.discern.serving.recommend.Query;
import dev.discern.serving.recommend.Variety;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/rankings}: a list of the caller's, to be put in a user's order. */
record RankingsRequest(
        @NotNull(message = "expected a user id") @Size(min = 1, max = Limits.ID_LENGTH, message = Limits.ID)
        String userId,

        @NotNull(message = "expected a list of item ids")
        @Size(min = 1, max = Limits.RANKED_ITEMS, message = "expected 1 to 1000 items")
        List<@NotNull(message = "expected an item id, got null") String> itemIds,

        @Schema(defaultValue = "false") @Nullable Boolean explain,

        @Schema(description = RecommendationsRequest.MODEL) @Nullable
        Alias model) {

    /** What the user has touched is ranked with the rest: the caller knows what the list is for. */
    Query query() {
        return Query.of(new Audience.User(userId), (int)
                        itemIds.stream().distinct().count())
                .without(List.of(), false)
                .of(itemIds)
                .with(Variety.NONE) // an order, not a choice
                .explained(Objects.requireNonNullElse(explain, false));
    }
}
