package dev.discern.training.backbone.history;

import dev.discern.common.data.InteractionMatrix;
import java.util.SplittableRandom;

/** The histories of a batch, at most {@link HistoryModel#HISTORY} items each, newest first. */
public final class Histories {

    private static final int WIDTH = HistoryModel.HISTORY;

    private final int[] item; // (rows, WIDTH)
    private final int[] place; // (rows, WIDTH) k of an item, counted from 0; gaps are items left out
    private final int[] length; // (rows)

    /** Room for so many rows. */
    public Histories(int rows) {
        item = new int[rows * WIDTH];
        place = new int[rows * WIDTH];
        length = new int[rows];
    }

    /** The items of {@code columns[from .. to)} as the history of a row. */
    public void put(int row, int[] columns, int from, int to) {
        length[row] = 0;
        for (int k = 0; k < WIDTH && to - 1 - k >= from; k++) {
            add(row, columns[to - 1 - k], k);
        }
    }

    /** The same with each item left out with the probability {@code dropout}, but never all of them. */
    public void put(int row, int[] columns, int from, int to, double dropout, SplittableRandom random) {
        length[row] = 0;
        for (int k = 0; k < WIDTH && to - 1 - k >= from; k++) {
            boolean last = k == WIDTH - 1 || to - 1 - k == from;
            if (random.nextDouble() >= dropout || (last && length[row] == 0)) {
                add(row, columns[to - 1 - k], k);
            }
        }
    }

    /** A user's whole history as that of a row. */
    public void put(int row, InteractionMatrix histories, int user) {
        put(row, histories.columns(), histories.rowStart()[user], histories.rowStart()[user + 1]);
    }

    private void add(int row, int itemIdx, int k) {
        int at = row * WIDTH + length[row]++;
        item[at] = itemIdx;
        place[at] = k;
    }

    int length(int row) {
        return length[row];
    }

    int item(int row, int n) {
        return item[row * WIDTH + n];
    }

    int place(int row, int n) {
        return place[row * WIDTH + n];
    }
}
