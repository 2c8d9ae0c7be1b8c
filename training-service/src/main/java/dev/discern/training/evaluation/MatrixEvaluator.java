package dev.discern.training.evaluation;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import dev.discern.training.evaluation.MatrixReport.Comparison;
import dev.discern.training.evaluation.MatrixReport.Estimate;
import dev.discern.training.evaluation.MatrixReport.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sets models beside each other that were each trained with several seeds. A user's metric is its mean over the seeds, and intervals
 * are over users; what another seed would do is told by the standard deviation.
 */
public final class MatrixEvaluator {

    /** Without a judge, and with a judge who knows nothing: a lift over {@code off} that is none over these owes the judge nothing. */
    private static final Set<String> CONTROLS = Set.of("judge-free", "judge-picks", "placebo");

    private static final String GATED = "gated";
    private static final String OFF = "off";
    private static final String NONE = "none";

    private final Evaluator evaluator;
    private final Task task;
    private final List<Slice> allSlices;
    private final List<Slice> slices; // those that have users: of the others there is nothing to tell
    private final List<Slice.Cell> grid;
    private final ItemWeights weights;
    private final Popularity popularity;

    public MatrixEvaluator(InteractionMatrix histories, TemporalSplit split) {
        this.evaluator = new Evaluator(histories, split);
        this.task = Task.test(split);
        this.popularity = Popularity.of(split.train());
        this.allSlices = Slice.main(task, popularity);
        this.slices = allSlices.stream().filter(slice -> slice.users() > 0).toList();
        this.grid = Slice.grid(task, popularity);
        this.weights = new ItemWeights(task, histories);
    }

    /**
     * The report.
     *
     * @param seeds of training
     * @param bootstrapSeed of the intervals
     */
    public MatrixReport report(List<Contender> contenders, List<Long> seeds, long bootstrapSeed) {
        List<List<UserMetrics>> bySeed = contenders.stream().map(this::bySeed).toList();
        List<UserMetrics> means = bySeed.stream().map(UserMetrics::mean).toList();
        List<Row> rows = IntStream.range(0, contenders.size())
                .mapToObj(c -> row(contenders.get(c), bySeed.get(c), contenders))
                .toList();
        return new MatrixReport(evaluator.dataset(), seeds, rows, compare(contenders, means, bootstrapSeed));
    }

    private List<UserMetrics> bySeed(Contender contender) {
        return contender.rankings().stream()
                .map(ranking -> {
                    evaluator.requireThisSplit(contender.name(), ranking);
                    return new UserMetrics(ranking);
                })
                .toList();
    }

    private Row row(Contender of, List<UserMetrics> bySeed, List<Contender> all) {
        UserMetrics mean = UserMetrics.mean(bySeed);
        return new Row(
                of.name(),
                of.backbone(),
                of.regularizer(),
                of.reference(),
                all.stream()
                        .filter(other -> isControl(of, other))
                        .map(Contender::name)
                        .toList(),
                of.rareGain(),
                of.lambda(),
                of.tuned(),
                of.validation(),
                bySlice(slice -> metrics(bySeed, slice)),
                estimates(bySeed.stream()
                        .map(metrics -> weights.means(metrics, slices))
                        .toList()),
                allSlices.stream()
                        .collect(Collectors.toMap(Slice::name, Slice::users, (a, b) -> a, LinkedHashMap::new)),
                grid.stream()
                        .map(cell -> new MatrixReport.Cell(
                                cell.history().label(),
                                cell.popularity().label(),
                                cell.slice().users(),
                                mean.mean(Metric.NDCG_10, cell.slice())))
                        .toList(),
                Exposure.of(of.rankings().getFirst().top(), task, popularity),
                of.seconds(),
                of.megabytes(),
                of.gate(),
                of.warnings());
    }

    private <T> Map<String, T> bySlice(Function<Slice, T> of) {
        Map<String, T> bySlice = new LinkedHashMap<>();
        slices.forEach(slice -> bySlice.put(slice.name(), of.apply(slice)));
        return bySlice;
    }

    private static Map<String, Estimate> metrics(List<UserMetrics> bySeed, Slice slice) {
        Map<String, Estimate> metrics = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            metrics.put(
                    metric.label(),
                    estimate(bySeed.stream()
                            .mapToDouble(of -> of.mean(metric, slice))
                            .toArray()));
        }
        return metrics;
    }

    private static Map<String, Map<String, Estimate>> estimates(List<Map<String, Map<String, Number>>> bySeed) {
        Map<String, Map<String, Estimate>> estimates = new LinkedHashMap<>();
        bySeed.getFirst()
                .forEach((slice, metrics) -> metrics.keySet()
                        .forEach(metric -> estimates
                                .computeIfAbsent(slice, name -> new LinkedHashMap<>())
                                .put(
                                        metric,
                                        estimate(bySeed.stream()
                                                .mapToDouble(of -> Objects.requireNonNull(
                                                                Objects.requireNonNull(of.get(slice))
                                                                        .get(metric))
                                                        .doubleValue())
                                                .toArray()))));
        return estimates;
    }

    private static Estimate estimate(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double square = 0;
        for (double value : values) {
            square += (value - mean) * (value - mean);
        }
        return new Estimate(mean, values.length < 2 ? null : Math.sqrt(square / (values.length - 1)));
    }

    private List<Comparison> compare(List<Contender> contenders, List<UserMetrics> means, long seed) {
        List<PairedBootstrap.Pair> pairs = pairs(contenders);
        if (task.size() == 0 || pairs.isEmpty()) {
            return List.of();
        }
        PairedBootstrap bootstrap = new PairedBootstrap(task.size(), seed);
        List<Comparison> comparisons = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            PairedBootstrap.Interval[][] intervals =
                    bootstrap.intervals(means.stream().map(of -> of.of(metric)).toList(), pairs, slices);
            for (int p = 0; p < pairs.size(); p++) {
                for (int s = 0; s < slices.size(); s++) {
                    PairedBootstrap.Interval interval = intervals[p][s];
                    comparisons.add(new Comparison(
                            contenders.get(pairs.get(p).a()).name(),
                            contenders.get(pairs.get(p).b()).name(),
                            slices.get(s).name(),
                            metric.label(),
                            interval.difference(),
                            List.of(interval.low(), interval.high())));
                }
            }
        }
        return comparisons;
    }

    /** Each with its reference; {@code gated} with its controls; each {@code off} with every baseline. */
    private static List<PairedBootstrap.Pair> pairs(List<Contender> contenders) {
        List<PairedBootstrap.Pair> pairs = new ArrayList<>();
        for (int a = 0; a < contenders.size(); a++) {
            for (int b = 0; b < contenders.size(); b++) {
                if (a != b && areCompared(contenders.get(a), contenders.get(b))) {
                    pairs.add(new PairedBootstrap.Pair(a, b));
                }
            }
        }
        return pairs;
    }

    private static boolean areCompared(Contender a, Contender b) {
        return b.name().equals(a.reference())
                || (a.regularizer().equals(OFF) && b.regularizer().equals(NONE))
                || isControl(a, b);
    }

    /** Whether what {@code a} gains over {@code b} is the judge's doing. */
    private static boolean isControl(Contender a, Contender b) {
        return a.regularizer().equals(GATED)
                && CONTROLS.contains(b.regularizer())
                && a.backbone().equals(b.backbone())
                && Objects.equals(a.rareGain(), b.rareGain());
    }
}
