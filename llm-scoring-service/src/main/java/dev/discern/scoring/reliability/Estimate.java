package dev.discern.scoring.reliability;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure with its 95 % interval by bootstrap over prompts.
 *
 * @param value null when there is nothing to tell it from
 * @param ci95 low and high end; null with the value
 */
public record Estimate(@Nullable Double value, @Nullable List<Double> ci95) {

    static Estimate of(Share share) {
        return new Estimate(share.value(), share.ci95());
    }

    /** Whether the whole interval lies above {@code bound}. */
    boolean isAbove(double bound) {
        return ci95 != null && ci95.getFirst() > bound;
    }

    /** Whether the whole interval lies below {@code bound}. */
    boolean isBelow(double bound) {
        return ci95 != null && ci95.getLast() < bound;
    }
}
