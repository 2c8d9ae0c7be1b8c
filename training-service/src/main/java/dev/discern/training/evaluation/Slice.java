package dev.discern.training.evaluation;

import dev.discern.common.data.HistoryBucket;
import dev.discern.common.data.Popularity;
import dev.discern.common.data.PopularityBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A part of the tested users.
 *
 * @param name as reports write it
 * @param member (n) whether the task's n-th user belongs to it
 * @param users how many do
 */
@SuppressWarnings("ArrayRecordComponent") // read by hot loops; the record is never compared
record Slice(String name, boolean[] member, int users) {

    private static Slice of(String name, int size, IntPredicate rule) {
        boolean[] member = new boolean[size];
        IntStream.range(0, size).forEach(n -> member[n] = rule.test(n));
        return new Slice(
                name, member, (int) IntStream.range(0, size).filter(rule).count());
    }

    /**
     * {@code all}; {@code cold} (users with at most three training interactions); and by the held-out item {@code tail} (of the long
     * tail), {@code unseen} (no training interaction at all) and {@code head} (of the few most popular items that have half of the
     * training interactions).
     */
    static List<Slice> main(Task task, Popularity popularity) {
        int size = task.size();
        boolean[] head = head(popularity);
        return List.of(
                of("all", size, n -> true),
                of("cold", size, n -> task.train().length(task.users()[n]) <= HistoryBucket.COLD),
                of("tail", size, n -> popularity.isTail(task.targets()[n])),
                of("unseen", size, n -> popularity.count(task.targets()[n]) == 0),
                of("head", size, n -> head[task.targets()[n]]));
    }

    /** (items) the smallest set with half of the interactions; of equally popular items the first ones. */
    private static boolean[] head(Popularity popularity) {
        int[] byCount = IntStream.range(0, popularity.items())
                .boxed()
                .sorted(Comparator.comparingInt(item -> -popularity.count(item)))
                .mapToInt(item -> item)
                .toArray();
        long total = Arrays.stream(byCount).mapToLong(popularity::count).sum();
        boolean[] head = new boolean[byCount.length];
        long sum = 0;
        for (int k = 0; 2 * sum < total; k++) {
            head[byCount[k]] = true;
            sum += popularity.count(byCount[k]);
        }
        return head;
    }

    /** A cell of the grid of history length and popularity of the held-out item. */
    record Cell(HistoryBucket history, PopularityBucket popularity, Slice slice) {}

    static List<Cell> grid(Task task, Popularity popularity) {
        List<Cell> cells = new ArrayList<>();
        for (HistoryBucket history : HistoryBucket.values()) {
            for (PopularityBucket bucket : PopularityBucket.values()) {
                cells.add(new Cell(
                        history,
                        bucket,
                        of(
                                history.label() + " x " + bucket.label(),
                                task.size(),
                                n -> HistoryBucket.of(task.train().length(task.users()[n])) == history
                                        && PopularityBucket.of(popularity.count(task.targets()[n])) == bucket)));
            }
        }
        return cells;
    }
}
