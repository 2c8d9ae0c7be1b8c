package dev.discern.training.evaluation;

import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.DotProductScorer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one model is worse than another on the held-out items of one split, by NDCG@10. The slices {@code all}, {@code cold} and
 * {@code tail} have the intervals that an evaluation reports of them. The cells of the grid are many, so theirs hold all at once: with
 * an interval of its own for each of twelve cells, one of two equally good models would seem worse in every fourth comparison.
 */
public final class RegressionCheck {

    /** Below it the resampled means of a slice say little of the users that it stands for. */
    static final int LEAST_USERS = 30;

    /** The same for a cell of the grid, which is the finer and the noisier part. */
    static final int LEAST_USERS_OF_CELL = 200;

    private static final List<PairedBootstrap.Pair> PAIR = List.of(new PairedBootstrap.Pair(0, 1));

    private final TemporalSplit split;
    private final Popularity popularity;
    private final long seed;

    /**
     * A check on a split.
     *
     * @param seed of the bootstrap
     */
    public RegressionCheck(TemporalSplit split, long seed) {
        this.split = split;
        this.popularity = Popularity.of(split.train());
        this.seed = seed;
    }

    /**
     * The difference of two models in a slice.
     *
     * @param users how many the slice has
     * @param difference mean NDCG@10 of the model minus that of the one it is compared with
     * @param low lower end of the interval
     * @param high upper end of the interval
     */
    public record SliceDifference(String slice, int users, double difference, double low, double high) {

        /** Whether the whole interval is below zero. */
        public boolean worse() {
            return high < 0;
        }
    }

    /** How many users are tested. */
    public int testedUsers() {
        return Task.test(split).size();
    }

    /** {@code model} minus {@code other} in each slice that has enough users: all, cold, tail, then the grid. */
    public List<SliceDifference> differences(DotProductModel model, DotProductModel other) {
        Task task = Task.test(split);
        float[] mine = ndcg(model, task);
        float[] theirs = ndcg(other, task);
        List<Slice> main = Slice.main(task, popularity).stream()
                .filter(slice -> slice.users() >= LEAST_USERS)
                .toList();
        List<Slice> cells = Slice.grid(task, popularity).stream()
                .map(Slice.Cell::slice)
                .filter(slice -> slice.users() >= LEAST_USERS_OF_CELL)
                .toList();
        PairedBootstrap bootstrap = new PairedBootstrap(task.size(), seed);
        List<SliceDifference> differences = new ArrayList<>();
        if (!main.isEmpty()) {
            add(main, bootstrap.intervals(List.of(mine, theirs), PAIR, main)[0], differences);
        }
        if (!cells.isEmpty()) {
            float[] difference = mine.clone();
            for (int n = 0; n < difference.length; n++) {
                difference[n] -= theirs[n];
            }
            add(cells, bootstrap.simultaneous(difference, cells), differences);
        }
        return differences;
    }

    private static void add(List<Slice> slices, PairedBootstrap.Interval[] intervals, List<SliceDifference> to) {
        for (int s = 0; s < intervals.length; s++) {
            PairedBootstrap.Interval interval = intervals[s];
            to.add(new SliceDifference(
                    slices.get(s).name(),
                    slices.get(s).users(),
                    interval.difference(),
                    interval.low(),
                    interval.high()));
        }
    }

    private static float[] ndcg(DotProductModel model, Task task) {
        return new UserMetrics(new Ranker(DotProductScorer.of(model), task, 0).rank()).of(Metric.NDCG_10);
    }
}
