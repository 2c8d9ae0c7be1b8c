package dev.discern.scoring.testing;

import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.db.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Data made for a test. Row ids are told apart from dense indices: an item's is 1000 + its index, a user's 5000 + its index. */
public final class Snapshots {

    private static final long FIRST_ITEM = 1_000;
    private static final long FIRST_USER = 5_000;

    private Snapshots() {}

    /** Users {@code u000, u001, …} with these histories, oldest first, over items {@code i000, i001, …}. */
    public static Snapshot of(int items, int[]... histories) {
        int[] rowStart = new int[histories.length + 1];
        for (int user = 0; user < histories.length; user++) {
            rowStart[user + 1] = rowStart[user] + histories[user].length;
        }
        int[] columns = Arrays.stream(histories).flatMapToInt(Arrays::stream).toArray();
        return new Snapshot(
                ids("u", histories.length),
                ids("i", items),
                IntStream.range(0, histories.length)
                        .mapToLong(Snapshots::userRowId)
                        .toArray(),
                IntStream.range(0, items).mapToLong(Snapshots::itemRowId).toArray(),
                new InteractionMatrix(items, rowStart, columns),
                "hash");
    }

    /** Users with 1 to {@code longest} distinct items each, some items far more popular than others. */
    public static Snapshot random(int users, int items, int longest, SplittableRandom random) {
        int[][] histories = new int[users][];
        for (int user = 0; user < users; user++) {
            int length = Math.min(items, 1 + random.nextInt(longest));
            Set<Integer> history = new LinkedHashSet<>();
            while (history.size() < length) {
                double skewed = random.nextDouble() * random.nextDouble();
                history.add((int) (skewed * items));
            }
            histories[user] = history.stream().mapToInt(Integer::intValue).toArray();
        }
        return of(items, histories);
    }

    /** The items {@code from} to {@code to - 1}. */
    public static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    public static long itemRowId(int itemIdx) {
        return FIRST_ITEM + itemIdx;
    }

    public static int itemIdx(long rowId) {
        return (int) (rowId - FIRST_ITEM);
    }

    public static long userRowId(int userIdx) {
        return FIRST_USER + userIdx;
    }

    private static IdIndex ids(String prefix, int count) {
        List<String> ids = new ArrayList<>();
        for (int idx = 0; idx < count; idx++) {
            ids.add("%s%03d".formatted(prefix, idx));
        }
        return IdIndex.of(ids);
    }
}
