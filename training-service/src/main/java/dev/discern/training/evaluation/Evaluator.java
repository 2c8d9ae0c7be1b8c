package dev.discern.training.evaluation;

import dev.discern.common.data.HistoryBucket;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.DotProductScorer;
import dev.discern.training.backbone.Scorer;
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
    private final Task task;

    public Evaluator(InteractionMatrix histories, TemporalSplit split) {
        this.histories = histories;
        this.split = split;
        this.popularity = Popularity.of(split.train());
        this.task = Task.test(split);
    }

    /** Mean NDCG@10 of the validation items over all users that have one: the criterion of early stopping. */
    public static double validationNdcg(DotProductModel model, TemporalSplit split) {
        Task task = Task.validation(split);
        DotProductScorer scorer = DotProductScorer.of(model);
        return ndcg(scorer, new Screen(scorer, task, CUT_OFF).remaining(), task.size());
    }

    /** The same of anything that scores. */
    public static double validationNdcg(Scorer scorer, TemporalSplit split) {
        Task task = Task.validation(split);
        return ndcg(scorer, task, task.size());
    }

    /** The sum of NDCG@10 over a task, divided by how many users there are, the task's and others that have none. */
    private static double ndcg(Scorer scorer, Task task, int users) {
        double sum = 0;
        for (double rank : new Ranker(scorer, task, 0).rank().rank()) {
            sum += Metric.NDCG_10.of(rank, scorer.itemCount());
        }
        return users == 0 ? 0 : sum / users;
    }

    /** Ranks the catalogue for every tested user. The ranking can be kept, and reported later beside others of the same split. */
    public Ranking rank(Scorer scorer) {
        if (scorer.itemCount() != histories.items()) {
            throw new IllegalArgumentException(
                    "the model scores %d items, the data has %d".formatted(scorer.itemCount(), histories.items()));
        }
        return new Ranker(scorer, task, CUT_OFF).rank();
    }

    /**
     * Tests every model and compares each with the first, and {@code gated} with every other.
     *
     * @param seed of the bootstrap
     * @param evaluated called with the number of models done so far
     */
    public EvaluationReport evaluate(List<Candidate> candidates, long seed, IntConsumer evaluated) {
        List<Ranked> models = new ArrayList<>();
        for (Candidate candidate : candidates) {
            models.add(new Ranked(
                    candidate.version(),
                    candidate.backbone(),
                    candidate.regularizer(),
                    candidate.seed(),
                    rank(candidate.scorer())));
            evaluated.accept(models.size());
        }
        return report(models, seed);
    }

    /**
     * The report on models that {@link #rank} has ranked, on this split: each compared with the first, and {@code gated} with every
     * other.
     *
     * @param seed of the bootstrap
     */
    public EvaluationReport report(List<Ranked> models, long seed) {
        List<Slice> slices = Slice.main(task, popularity);
        ItemWeights weights = new ItemWeights(task, histories);
        List<Slice.Cell> grid = Slice.grid(task, popularity);
        List<ModelResult> results = new ArrayList<>();
        List<UserMetrics> metrics = new ArrayList<>();
        for (Ranked model : models) {
            requireThisSplit(model.version(), model.ranking());
            UserMetrics of = new UserMetrics(model.ranking());
            metrics.add(of);
            results.add(new ModelResult(
                    model.version(),
                    model.backbone(),
                    model.regularizer(),
                    model.seed(),
                    bySlice(of, slices),
                    weights.means(of, slices),
                    grid.stream()
                            .map(cell -> new GridCell(
                                    cell.history().label(), cell.popularity().label(), means(of, cell.slice())))
                            .toList(),
                    Exposure.of(model.ranking().top(), task, popularity)));
        }
        return new EvaluationReport(dataset(), results, compare(models, metrics, slices, task.size(), seed));
    }

    /** Rankings come from files too: those of other data would be compared user by user with the wrong ones. */
    void requireThisSplit(String name, Ranking ranking) {
        int[] candidates = ranking.candidates();
        boolean fits = candidates.length == task.size();
        for (int n = 0; fits && n < candidates.length; n++) {
            fits = candidates[n] == histories.items() - task.ownItems(n);
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "model %s was ranked on other data: its %d users or their candidates are not those of the %d tested here"
                            .formatted(name, candidates.length, task.size()));
        }
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
            List<Ranked> models, List<UserMetrics> metrics, List<Slice> slices, int users, long seed) {
        List<PairedBootstrap.Pair> pairs = pairs(models);
        if (users == 0 || pairs.isEmpty()) {
            return List.of();
        }
        List<List<Comparison>> byPair = new ArrayList<>();
        pairs.forEach(pair -> byPair.add(new ArrayList<>()));
        PairedBootstrap bootstrap = new PairedBootstrap(users, seed);
        for (Metric metric : Metric.values()) {
            PairedBootstrap.Interval[][] intervals = bootstrap.intervals(
                    metrics.stream().map(of -> of.of(metric)).toList(), pairs, slices);
            for (int p = 0; p < pairs.size(); p++) {
                for (int s = 0; s < slices.size(); s++) {
                    PairedBootstrap.Interval interval = intervals[p][s];
                    byPair.get(p)
                            .add(new Comparison(
                                    models.get(pairs.get(p).a()).version(),
                                    models.get(pairs.get(p).b()).version(),
                                    slices.get(s).name(),
                                    metric.label(),
                                    interval.difference(),
                                    List.of(interval.low(), interval.high())));
                }
            }
        }
        return byPair.stream().flatMap(List::stream).toList();
    }

    /** Positions of the models to compare: each with the first, then gated ones with all others. */
    private static List<PairedBootstrap.Pair> pairs(List<Ranked> models) {
        List<PairedBootstrap.Pair> pairs = new ArrayList<>();
        for (int a = 1; a < models.size(); a++) {
            pairs.add(new PairedBootstrap.Pair(a, 0));
        }
        for (int a = 0; a < models.size(); a++) {
            for (int b = 1; b < models.size(); b++) {
                if (a != b && models.get(a).regularizer().equals("gated")) {
                    pairs.add(new PairedBootstrap.Pair(a, b));
                }
            }
        }
        return pairs;
    }

    Dataset dataset() {
        int cold = 0;
        for (int user = 0; user < histories.users(); user++) {
            cold += split.isHeldOut(user) && split.train().length(user) <= HistoryBucket.COLD ? 1 : 0;
        }
        return new Dataset(
                histories.users(), histories.items(), histories.columns().length, cold, popularity.tailItems());
    }
}
