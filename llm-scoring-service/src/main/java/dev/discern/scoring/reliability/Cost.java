package dev.discern.scoring.reliability;

import org.jspecify.annotations.Nullable;

/**
 * What the answers cost.
 *
 * @param prompts answered, usable or not
 * @param usd in US dollars
 * @param usdPerPoint for each percentage point of pair accuracy above popularity's, as asked; null when the judge is not above it
 */
public record Cost(
        long prompts,
        long promptTokens,
        long completionTokens,
        double usd,
        double usdPerPrompt,
        @Nullable Double usdPerPoint) {

    /** What was spent, before it is set against what it bought. */
    record Spent(long prompts, long promptTokens, long completionTokens, double usd) {

        Cost on(Estimate overPopularity) {
            Double points = overPopularity.value();
            return new Cost(
                    prompts,
                    promptTokens,
                    completionTokens,
                    usd,
                    usd / prompts,
                    points != null && points > 0 ? usd / (100 * points) : null);
        }
    }
}
