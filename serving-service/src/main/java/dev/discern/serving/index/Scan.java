package dev.discern.serving.index;

import dev.discern.common.vector.CodeGroups;

/** One query's way through the items, 64 at a time; groups must come in ascending order. For one thread. */
interface Scan {

    /** So many of a group's items are scored sooner all together than one by one. */
    int MANY = 20;

    /** Looks at the groups {@code [from, to)}. */
    void scan(int from, int to);

    /** The best that were seen, with their scores from the floats. */
    TopKHeap best();

    /** A group's items that the mask may allow. */
    static long open(ItemMask mask, int group, int size) {
        int rows = Math.min(CodeGroups.ROWS, size - group * CodeGroups.ROWS);
        return mask.word(group) & (-1L >>> (CodeGroups.ROWS - rows));
    }
}
