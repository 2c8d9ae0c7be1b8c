package dev.discern.training.job;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where a parameter may lie. Between two ends, {@code x = low + u (high − low)} with u uniform in [0, 1), or on a log scale
 * {@code x = low (high / low)^u}; of whole numbers all lie between {@code low} and {@code high + 1} and are rounded down. Other numbers
 * are rounded to four digits, so that they can be written down.
 *
 * @param values one of these; null for a number between the ends
 * @param low at least this; above 0 on a log scale
 * @param high at most this
 * @param whole whether the parameter is a whole number
 */
record SearchRange(@Nullable List<Number> values, double low, double high, boolean log, boolean whole) {

    private static final MathContext DIGITS = new MathContext(4);

    static SearchRange among(List<Number> values) {
        return new SearchRange(List.copyOf(values), 0, 0, false, false);
    }

    static SearchRange between(double low, double high, boolean log, boolean whole) {
        return new SearchRange(null, low, high, log, whole);
    }

    Number draw(SplittableRandom random) {
        if (values != null) {
            return values.get(random.nextInt(values.size()));
        }
        double end = whole ? high + 1 : high;
        double u = random.nextDouble();
        double drawn = log ? low * Math.pow(end / low, u) : low + u * (end - low);
        if (whole) {
            return (int) Math.clamp(Math.floor(drawn), low, high);
        }
        return Math.clamp(BigDecimal.valueOf(drawn).round(DIGITS).doubleValue(), low, high);
    }
}
