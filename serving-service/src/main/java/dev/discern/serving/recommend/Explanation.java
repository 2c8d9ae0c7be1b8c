package dev.discern.serving.recommend;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an item's place comes from, in figures.
 *
 * @param judge null where no judge was asked about this item for users like this one, and where the answer is not made of a vector
 */
@Schema(requiredProperties = {"nearest", "score"})
public record Explanation(
        @Schema(
                description =
                        "up to three of the items that the user has which the model holds for most like this one, the most alike first;"
                                + " empty where nothing is near")
        List<Near> nearest,

        @Schema(description = "what the item's score is made of: the parts add up to it, but for rounding")
        Score score,

        @Schema(
                description =
                        "what a judge taught the model of this item for users whose histories are about as long; absent where it taught"
                                + " nothing")
        @Nullable
        Judge judge) {

    public Explanation {
        nearest = List.copyOf(nearest);
    }

    /**
     * An item that the user has.
     *
     * @param title null when the catalog has none
     * @param similarity cosine of the angle between the two items' vectors
     */
    @Schema(
            name = "NearItem",
            requiredProperties = {"itemId", "similarity"})
    public record Near(
            String itemId,
            @Nullable String title,

            @Schema(description = "cosine of the angle between the two items' vectors, at most 1")
            double similarity) {}

    /**
     * The parts of a score.
     *
     * @param behaviour null where the answer is not made of a vector
     * @param content null where the model has no part of texts alone, and where the answer is not made of a vector
     * @param boost null where none of the query's boosts concerns the item
     */
    @Schema(name = "ScoreParts", requiredProperties = "popularity")
    public record Score(
            @Schema(
                    description =
                            "what the model has learned from what people did; absent where the answer is made of what is popular")
            @Nullable
            Double behaviour,

            @Schema(
                    description =
                            "how alike the texts of the item and of the user's items are; only models of history tell")
            @Nullable
            Double content,

            @Schema(
                    description =
                            "the same for every user: the item's bias, or the whole score where the answer is made of what is popular")
            double popularity,

            @Schema(description = "what the query's boosts add; absent where none concerns the item") @Nullable
            Double boost) {}

    /**
     * What a judge taught.
     *
     * @param pairs at least 1
     * @param wins in [0, pairs]
     * @param gate in [0, 1]
     */
    @Schema(
            name = "JudgeEvidence",
            requiredProperties = {"pairs", "gate", "wins"})
    public record Judge(
            @Schema(description = "in how many of the judged pairs that training used the item stood")
            int pairs,

            @Schema(description = "how far training trusted the judge in these pairs, on average; from 0 to 1")
            double gate,

            @Schema(description = "in how many of them the judge put this item first")
            int wins) {}
}
