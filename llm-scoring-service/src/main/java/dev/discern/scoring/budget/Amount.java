package dev.discern.scoring.budget;

import java.math.BigDecimal;

/** Tokens, of prompt and answer together, and US dollars. */
public record Amount(long tokens, BigDecimal usd) {

    public static final Amount NOTHING = new Amount(0, BigDecimal.ZERO);

    Amount plus(Amount other) {
        return new Amount(tokens + other.tokens, usd.add(other.usd));
    }

    Amount minus(Amount other) {
        return new Amount(tokens - other.tokens, usd.subtract(other.usd));
    }
}
