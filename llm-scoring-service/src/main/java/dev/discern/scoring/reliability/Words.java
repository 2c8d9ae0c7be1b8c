package dev.discern.scoring.reliability;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as people read them. */
final class Words {

    private static final String NOTHING = "–";

    private Words() {}

    static String share(@Nullable Double value) {
        return value == null ? NOTHING : String.format(Locale.ROOT, "%.3f", value);
    }

    static String share(Wins wins) {
        return share(wins.pairAccuracy()) + interval(wins.ci95());
    }

    static String signed(Estimate estimate) {
        return estimate.value() == null
                ? NOTHING
                : String.format(Locale.ROOT, "%+.3f", estimate.value()) + signedInterval(estimate.ci95());
    }

    static String interval(@Nullable List<Double> ci95) {
        return ci95 == null ? "" : String.format(Locale.ROOT, " [%.3f, %.3f]", ci95.getFirst(), ci95.getLast());
    }

    static String signedInterval(@Nullable List<Double> ci95) {
        return ci95 == null ? "" : String.format(Locale.ROOT, " [%+.3f, %+.3f]", ci95.getFirst(), ci95.getLast());
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String dollars(@Nullable Double usd) {
        return usd == null ? NOTHING : String.format(Locale.ROOT, "%.6f", usd);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
