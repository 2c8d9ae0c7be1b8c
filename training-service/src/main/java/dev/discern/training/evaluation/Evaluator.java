package dev.discern.training.evaluation;

import dev.discern.common.data.HistoryBucket;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.evaluation.EvaluationReport.Candidate;
import dev.discern.training.evaluation.EvaluationReport.Comparison;
import dev.discern.training.evaluation.EvaluationReport.Dataset;
import dev.discern.training.evaluation.EvaluationReport.GridCell;
import dev.discern.training.evaluation.EvaluationReport.ModelResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Evaluates models on the held-out items of one split: full ranking, slices, paired differences. */
public final class Evaluator {

    private static final int CUT_OFF = 10;

    private final InteractionMatrix histories;
    private final TemporalSplit split;
    private final Popularity popularity;

    public Evaluator(InteractionMatrix histories, TemporalSplit split) {
        this.histories = histories;
        this.split = split;
        this.popularity = Popularity.of(split.train());
    }

    /** Mean NDCG@10 of the validation items over all users that have one: the criterion of early stopping. */
    public static double validationNdcg(DotProductModel model, TemporalSplit split) {
        Task task = Task.validation(split);
        BiasedTables tables = BiasedTables.of(model);
        Task remaining = new Screen(tables, task, CUT_OFF).remaining();
        double sum = 0;
        for (double rank : new Ranker(tables, remaining, 0).rank().rank()) {
            sum += Metric.NDCG_10.of(rank, model.itemCount());
        }
        return task.size() == 0 ? 0 : sum / task.size();
    }

    /**
     * Tests every model and compares each with the first, and {@code gated} with every other.
     *
     * @param seed of the bootstrap
     * @param evaluated called with the number of models done so far
     */
    public EvaluationReport evaluate(List<Candidate> candidates, long seed, IntConsumer evaluated) {
        Task task = Task.test(split);
        List<Slice> slices = Slice.main(task, popularity);
        List<Slice.Cell> grid = Slice.grid(task, popularity);
        List<ModelResult> results = new ArrayList<>();
        List<UserMetrics> metrics = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Ranker.Ranks ranks = new Ranker(BiasedTables.of(candidate.model()), task, CUT_OFF).rank();
            UserMetrics of = new UserMetrics(ranks);
            metrics.add(of);
            results.add(new ModelResult(
                    candidate.version(),
                    candidate.backbone(),
                    candidate.regularizer(),
                    candidate.seed(),
                    bySlice(of, slices),
                    grid.stream()
                            .map(cell -> new GridCell(
                                    cell.history().label(), cell.popularity().label(), means(of, cell.slice())))
                            .toList(),
                    Exposure.of(ranks.top(), popularity)));
            evaluated.accept(results.size());
        }
        return new EvaluationReport(dataset(), results, compare(candidates, metrics, slices, task.size(), seed));
    }

    private static Map<String, Map<String, Number>> bySlice(UserMetrics metrics, List<Slice> slices) {
        Map<String, Map<String, Number>> bySlice = new LinkedHashMap<>();
        slices.forEach(slice -> bySlice.put(slice.name(), means(metrics, slice)));
        return bySlice;
    }

    private static Map<String, Number> means(UserMetrics metrics, Slice slice) {
        Map<String, Number> means = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            means.put(metric.label(), metrics.mean(metric, slice));
        }
        means.put("users", slice.users());
        return means;
    }

    private List<Comparison> compare(
            List<Candidate> candidates, List<UserMetrics> metrics, List<Slice> slices, int users, long seed) {
        List<int[]> pairs = pairs(candidates);
        List<float[]> differences = new ArrayList<>();
        for (int[] pair : pairs) {
            for (Metric metric : Metric.values()) {
                differences.add(difference(
                        metrics.get(pair[0]).of(metric), metrics.get(pair[1]).of(metric)));
            }
        }
        if (users == 0 || pairs.isEmpty()) {
            return List.of();
        }
        PairedBootstrap.Interval[][] intervals = new PairedBootstrap(users, seed).intervals(differences, slices);
        List<Comparison> comparisons = new ArrayList<>();
        int d = 0;
        for (int[] pair : pairs) {
            for (Metric metric : Metric.values()) {
                for (int s = 0; s < slices.size(); s++) {
                    PairedBootstrap.Interval interval = intervals[d][s];
                    comparisons.add(new Comparison(
                            candidates.get(pair[0]).version(),
                            candidates.get(pair[1]).version(),
                            slices.get(s).name(),
                            metric.label(),
                            interval.difference(),
                            List.of(interval.low(), interval.high())));
                }
                d++;
            }
        }
        return comparisons;
    }

    /** Positions of the models to compare: each with the first, then gated ones with all others. */
    private static List<int[]> pairs(List<Candidate> candidates) {
        List<int[]> pairs = new ArrayList<>();
        for (int a = 1; a < candidates.size(); a++) {
            pairs.add(new int[] {a, 0});
        }
        for (int a = 0; a < candidates.size(); a++) {
            for (int b = 1; b < candidates.size(); b++) {
                if (a != b && candidates.get(a).regularizer().equals("gated")) {
                    pairs.add(new int[] {a, b});
                }
            }
        }
        return pairs;
    }

    private static float[] difference(float[] a, float[] b) {
        float[] difference = new float[a.length];
        for (int n = 0; n < a.length; n++) {
            difference[n] = a[n] - b[n];
        }
        return difference;
    }

    private Dataset dataset() {
        int cold = 0;
        for (int user = 0; user < histories.users(); user++) {
            cold += split.isHeldOut(user) && split.train().length(user) <= HistoryBucket.COLD ? 1 : 0;
        }
        return new Dataset(
                histories.users(), histories.items(), histories.columns().length, cold, popularity.tailItems());
    }
}
