package dev.discern.serving.index;

import dev.discern.common.vector.CodeGroups;
import dev.discern.common.vector.VectorKernels;
import java.util.Arrays;

/**
 * Holds the score of each item between two bounds from its codes, and the k-th highest of the lower ones as a floor: an item whose upper bound
 * is below the floor is none of the best k, as k others are better. Only those that are left at the end are scored from the floats: some six
 * times k.
 */
final class CodedScan implements Scan {

    /** So few items are scored from the floats sooner than by their group's codes. */
    private static final int FEW = 3;

    private final VectorKernels kernels;
    private final CodedScores codes;
    private final QueryCodes query;
    private final ExactScores scores;
    private final ItemMask mask;
    private final TopKHeap floor; // by lower bounds
    private final float[] coded = new float[CodeGroups.ROWS];
    private int[] items; // candidates: what may be of the best
    private float[] upper; // theirs
    private int candidates;

    CodedScan(VectorKernels kernels, CodedScores codes, ExactScores scores, Search search) {
        int k = Math.min(search.k(), scores.size());
        this.kernels = kernels;
        this.codes = codes;
        this.query = QueryCodes.of(search.query());
        this.scores = scores;
        this.mask = search.allowed();
        this.floor = new TopKHeap(k);
        this.items = new int[CodeGroups.ROWS + 2 * k];
        this.upper = new float[items.length];
    }

    @Override
    public void scan(int from, int to) {
        for (int group = from; group < to; group++) {
            long open = Scan.open(mask, group, scores.size());
            if (open != 0) {
                look(group, open);
            }
        }
    }

    private void look(int group, long open) {
        if (Long.bitCount(open) <= FEW) {
            addExactly(group, open);
            return;
        }
        double bound = codes.bound(query, group);
        if (!(bound < Double.POSITIVE_INFINITY)) {
            addExactly(group, open);
            return;
        }
        float least = floor.worst();
        float threshold = Math.nextDown((float) (least - bound));
        long passing = open & kernels.reaching(codes.rows(), group, query.coded(), threshold, coded);
        if (Long.bitCount(passing) >= MANY && least > Float.NEGATIVE_INFINITY) {
            addExactly(group, passing); // codes that tell so little would leave too many candidates
            return;
        }
        for (long rest = passing; rest != 0; rest &= rest - 1) {
            int row = Long.numberOfTrailingZeros(rest);
            add(group * CodeGroups.ROWS + row, Math.nextDown((float) (coded[row] - bound)), Math.nextUp((float)
                    (coded[row] + bound)));
        }
    }

    private void addExactly(int group, long open) {
        float[] together = Long.bitCount(open) < MANY ? null : scores.ofGroup(group);
        for (long rest = open; rest != 0; rest &= rest - 1) {
            int row = Long.numberOfTrailingZeros(rest);
            int item = group * CodeGroups.ROWS + row;
            float score = together == null ? scores.of(item) : together[row];
            add(item, score, Float.isNaN(score) ? Float.NEGATIVE_INFINITY : score);
        }
    }

    /** Of equal bounds the item that came first is kept, as of equal scores. */
    private void add(int item, float lower, float highest) {
        boolean raises = floor.wouldKeep(item, lower);
        if ((raises || highest > floor.worst()) && mask.test(item)) {
            if (raises) {
                floor.add(item, lower);
            }
            if (candidates == items.length) {
                makeRoom();
            }
            items[candidates] = item;
            upper[candidates++] = highest;
        }
    }

    private void makeRoom() {
        int kept = 0;
        for (int n = 0; n < candidates; n++) {
            if (upper[n] >= floor.worst()) {
                items[kept] = items[n];
                upper[kept++] = upper[n];
            }
        }
        candidates = kept;
        if (candidates > items.length / 2) {
            items = Arrays.copyOf(items, 2 * items.length);
            upper = Arrays.copyOf(upper, items.length);
        }
    }

    @Override
    public TopKHeap best() {
        TopKHeap best = new TopKHeap(Math.min(floor.capacity(), candidates));
        for (int n = 0; n < candidates; n++) {
            if (upper[n] >= floor.worst()) {
                float score = scores.of(items[n]);
                if (best.wouldKeep(items[n], score)) {
                    best.add(items[n], score);
                }
            }
        }
        return best;
    }
}
