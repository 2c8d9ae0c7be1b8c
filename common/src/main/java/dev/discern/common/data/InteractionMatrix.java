package dev.discern.common.data;

import java.util.Arrays;

/**
 * Who touched what, as compressed sparse rows: the items of user {@code u} are {@code columns[rowStart[u] .. rowStart[u+1])}.
 * Within a row the order is the caller's (histories: oldest first); {@link #sorted()} gives ascending item indices for look-ups.
 * The arrays are shared, not copied: treat them as read-only.
 *
 * @param items number of columns
 * @param rowStart (users + 1), ascending from 0
 * @param columns (rowStart[users]), dense item indices in [0, items)
 */
@SuppressWarnings("ArrayRecordComponent") // hot loops read the arrays; the record is never compared
public record InteractionMatrix(int items, int[] rowStart, int[] columns) {

    public InteractionMatrix {
        if (rowStart.length == 0 || rowStart[0] != 0 || rowStart[rowStart.length - 1] != columns.length) {
            throw new IllegalArgumentException("row starts do not cover the %d columns".formatted(columns.length));
        }
        for (int user = 1; user < rowStart.length; user++) {
            if (rowStart[user] < rowStart[user - 1]) {
                throw new IllegalArgumentException("row starts descend at row " + user);
            }
        }
        for (int column : columns) {
            if (column < 0 || column >= items) {
                throw new IllegalArgumentException("item index %d is outside [0, %d)".formatted(column, items));
            }
        }
    }

    public int users() {
        return rowStart.length - 1;
    }

    /** The number of items of user {@code userIdx}. */
    public int length(int userIdx) {
        return rowStart[userIdx + 1] - rowStart[userIdx];
    }

    /** A copy of the items of user {@code userIdx}, in row order. */
    public int[] row(int userIdx) {
        return Arrays.copyOfRange(columns, rowStart[userIdx], rowStart[userIdx + 1]);
    }

    /** How many users touched each item: (items). */
    public int[] columnCounts() {
        int[] counts = new int[items];
        for (int column : columns) {
            counts[column]++;
        }
        return counts;
    }

    /** The same matrix with ascending items in each row. */
    public InteractionMatrix sorted() {
        int[] copy = columns.clone();
        for (int user = 0; user < users(); user++) {
            Arrays.sort(copy, rowStart[user], rowStart[user + 1]);
        }
        return new InteractionMatrix(items, rowStart, copy);
    }

    /** Whether user {@code userIdx} has {@code itemIdx}; the matrix must be {@link #sorted()}. */
    public boolean contains(int userIdx, int itemIdx) {
        return Arrays.binarySearch(columns, rowStart[userIdx], rowStart[userIdx + 1], itemIdx) >= 0;
    }
}
