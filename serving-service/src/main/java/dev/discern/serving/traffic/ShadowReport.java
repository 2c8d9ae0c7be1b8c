package dev.discern.serving.traffic;

import dev.discern.serving.recommend.Strategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a shadow answers what others have answered, as one process has seen it.
 *
 * @param since when this process first saw this version
 * @param meanOverlap null before the first answer
 * @param meanMillis null before the first answer
 */
@Schema(requiredProperties = {"version", "since", "answers", "dropped", "failed", "strategies"})
public record ShadowReport(
        String version,
        Instant since,

        @Schema(description = "how many answers it has made")
        long answers,

        @Schema(description = "how many it was not asked for, because it is too slow or the query too large")
        long dropped,

        @Schema(description = "at how many it failed") long failed,

        @Schema(
                description =
                        "which share of the items of an answer it has answered, too, on average; of the longer of both answers")
        @Nullable
        Double meanOverlap,

        @Schema(description = "how long it took for an answer, on average") @Nullable
        Double meanMillis,

        List<ByStrategy> strategies) {

    public ShadowReport {
        strategies = List.copyOf(strategies);
    }

    /**
     * The answers of one pair of strategies.
     *
     * @param given of the answer that was given
     * @param shadow of the shadow's answer
     */
    @Schema(
            name = "ShadowStrategies",
            requiredProperties = {"given", "shadow", "answers", "meanOverlap"})
    public record ByStrategy(Strategy given, Strategy shadow, long answers, double meanOverlap) {}
}
