package dev.discern.scoring.reliability;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pair accuracy with its 95 % interval by bootstrap over prompts.
 *
 * @param pairAccuracy share of the pairs in which the held-out item won, ties half; null when there are no pairs
 * @param ci95 low and high end; null when there are no pairs
 */
public record Wins(@Nullable Double pairAccuracy, @Nullable List<Double> ci95) {

    static Wins of(Share share) {
        return new Wins(share.value(), share.ci95());
    }
}
