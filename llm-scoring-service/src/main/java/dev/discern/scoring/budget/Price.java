package dev.discern.scoring.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a model's tokens cost.
 *
 * @param prompt US dollars for a million tokens of prompt
 * @param completion US dollars for a million tokens of answer
 */
public record Price(BigDecimal prompt, BigDecimal completion) {

    /** Of a model that nobody charges for. */
    public static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO);

    /** Decimals of a cost in US dollars, here and in the ledger: a price may have six of its own. */
    static final int DECIMALS = 12;

    private static final int MILLION = 6;

    public Price {
        if (prompt.signum() < 0 || completion.signum() < 0) {
            throw new IllegalArgumentException("a price must not be negative: %s, %s".formatted(prompt, completion));
        }
        if (prompt.scale() > DECIMALS - MILLION || completion.scale() > DECIMALS - MILLION) {
            throw new IllegalArgumentException(
                    "a price may have up to %d decimals: %s, %s".formatted(DECIMALS - MILLION, prompt, completion));
        }
    }

    /** A share of this price, rounded up to the decimals that a price may have. */
    public Price times(BigDecimal share) {
        return new Price(
                prompt.multiply(share).setScale(DECIMALS - MILLION, RoundingMode.UP),
                completion.multiply(share).setScale(DECIMALS - MILLION, RoundingMode.UP));
    }

    /** US dollars for so many tokens, exactly. */
    public BigDecimal cost(long promptTokens, long completionTokens) {
        return prompt.multiply(BigDecimal.valueOf(promptTokens))
                .add(completion.multiply(BigDecimal.valueOf(completionTokens)))
                .movePointLeft(MILLION)
                .setScale(DECIMALS, RoundingMode.UNNECESSARY);
    }
}
