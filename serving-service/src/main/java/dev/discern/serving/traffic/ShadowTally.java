package dev.discern.serving.traffic;

import dev.discern.common.artifact.Alias;
import dev.discern.serving.recommend.Strategy;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What one shadow has come to so far: the sums, and its meters. */
final class ShadowTally {

    private static final double[] TENTHS = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};

    private final String version;
    private final Instant since;
    private final MeterRegistry meters;
    private final Map<Strategy, Timer> times = new ConcurrentHashMap<>(); // by the shadow's
    private final Map<Given, DistributionSummary> overlaps = new ConcurrentHashMap<>();
    private final Map<Strategy, Map<Strategy, Sum>> sums = new TreeMap<>(); // given, then the shadow's
    private long dropped;
    private long failed;

    private record Given(Alias by, Strategy strategy) {}

    private static final class Sum {
        private long answers;
        private double overlap;
        private double millis;
    }

    ShadowTally(String version, Instant since, MeterRegistry meters) {
        this.version = version;
        this.since = since;
        this.meters = meters;
    }

    String version() {
        return version;
    }

    /**
     * Adds an answer.
     *
     * @param by under which alias the other answer was given
     * @param overlap in [0, 1]
     */
    void add(Alias by, Strategy given, Strategy shadow, double overlap, Duration time) {
        times.computeIfAbsent(shadow, this::timer).record(time);
        overlaps.computeIfAbsent(new Given(by, given), this::overlaps).record(overlap);
        add(given, shadow, overlap, time);
    }

    private Timer timer(Strategy strategy) {
        return Timer.builder("discern.shadow")
                .description("Time in which the shadow made an answer")
                .publishPercentileHistogram()
                .tag("version", version)
                .tag("strategy", strategy.name())
                .register(meters);
    }

    private DistributionSummary overlaps(Given given) {
        return DistributionSummary.builder("discern.shadow.overlap")
                .description("Which share of an answer's items the shadow has answered, too")
                .serviceLevelObjectives(TENTHS)
                .tag("version", version)
                .tag("given", given.by.label())
                .tag("strategy", given.strategy.name())
                .register(meters);
    }

    private synchronized void add(Strategy given, Strategy shadow, double overlap, Duration time) {
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
