package dev.discern.serving.index;

import dev.discern.common.vector.CodeGroups;
import dev.discern.common.vector.VectorKernels;

/**
 * One query's way through the items, 64 at a time: those that the mask and the sieve let pass are scored exactly, and the best are kept.
 * Groups must come in ascending order. For one thread.
 */
final class Scan {

    private static final int GROUP = CodeGroups.ROWS;

    /** So few items are scored sooner than sieved. */
    private static final int FEW = 3;

    /** So many are scored sooner all together than one by one. */
    private static final int MANY = 20;

    private final VectorKernels kernels;
    private final ScoredItems items;
    private final Sieve sieve;
    private final float[] query;
    private final ItemMask mask;
    private final TopKHeap best;
    private final float[] products = new float[GROUP];

    Scan(VectorKernels kernels, ScoredItems items, Sieve sieve, float[] query, int k, ItemMask mask) {
        this.kernels = kernels;
        this.items = items;
        this.sieve = sieve;
        this.query = query;
        this.mask = mask;
        this.best = new TopKHeap(Math.min(k, items.table().rows()));
    }

    /** Looks at the groups {@code [from, to)}. */
    void scan(int from, int to) {
        for (int group = from; group < to; group++) {
            int rows = Math.min(GROUP, items.table().rows() - group * GROUP);
            long open = mask.word(group) & (-1L >>> (GROUP - rows));
            float worst = best.worst();
            if (worst > Float.NEGATIVE_INFINITY && Long.bitCount(open) > FEW) {
                open &= sieve.passing(group, worst);
            }
            if (open != 0) {
                score(group * GROUP, rows, open);
            }
        }
    }

    private void score(int first, int rows, long open) {
        boolean together = Long.bitCount(open) >= MANY;
        if (together) {
            products(first, rows, 0);
        }
        for (long rest = open; rest != 0; rest &= rest - 1) {
            int row = Long.numberOfTrailingZeros(rest);
            if (!together) {
                products(first + row, 1, row);
            }
            int item = first + row;
            float score = items.score(item, products[row]);
            if (best.wouldKeep(item, score) && mask.test(item)) {
                best.add(item, score);
            }
        }
    }

    private void products(int first, int rows, int to) {
        kernels.scores(
                query, 0, items.table().values(), first, rows, items.table().dim(), products, to);
    }

    /** What was kept. */
    TopKHeap best() {
        return best;
    }
}
