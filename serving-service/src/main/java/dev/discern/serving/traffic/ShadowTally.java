package dev.discern.serving.traffic;

import dev.discern.serving.recommend.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one shadow has come to so far. */
final class ShadowTally {

    private final String version;
    private final Instant since;
    private final Map<Strategy, Map<Strategy, Sum>> sums = new TreeMap<>(); // given, then the shadow's
    private long dropped;
    private long failed;

    private static final class Sum {
        private long answers;
        private double overlap;
        private double millis;
    }

    ShadowTally(String version, Instant since) {
        this.version = version;
        this.since = since;
    }

    String version() {
        return version;
    }

    synchronized void add(Strategy given, Strategy shadow, double overlap, Duration time) {
        Sum sum = sums.computeIfAbsent(given, _ -> new TreeMap<>()).computeIfAbsent(shadow, _ -> new Sum());
        sum.answers++;
        sum.overlap += overlap;
        sum.millis += time.toNanos() / 1e6;
    }

    synchronized void drop() {
        dropped++;
    }

    /** Counts a failure; whether it is the first. */
    synchronized boolean fail() {
        return failed++ == 0;
    }

    synchronized ShadowReport report() {
        List<ShadowReport.ByStrategy> strategies = new ArrayList<>();
        Sum all = new Sum();
        sums.forEach((given, byShadow) -> byShadow.forEach((shadow, sum) -> {
            strategies.add(new ShadowReport.ByStrategy(given, shadow, sum.answers, sum.overlap / sum.answers));
            all.answers += sum.answers;
            all.overlap += sum.overlap;
            all.millis += sum.millis;
        }));
        boolean none = all.answers == 0;
        return new ShadowReport(
                version,
                since,
                all.answers,
                dropped,
                failed,
                none ? null : all.overlap / all.answers,
                none ? null : all.millis / all.answers,
                strategies);
    }
}
