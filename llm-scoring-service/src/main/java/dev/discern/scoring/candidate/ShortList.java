package dev.discern.scoring.candidate;

import java.util.Arrays;

/** A few items that were chosen for one user. */
final class ShortList implements Pool {

    private final int[] sorted;

    ShortList(int[] items) {
        this.sorted = items.clone();
        Arrays.sort(sorted);
    }

    @Override
    public int size() {
        return sorted.length;
    }

    @Override
    public int item(int at) {
        return sorted[at];
    }

    @Override
    public boolean contains(int item) {
        return Arrays.binarySearch(sorted, item) >= 0;
    }
}
