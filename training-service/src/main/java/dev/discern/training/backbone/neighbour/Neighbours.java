package dev.discern.training.backbone.neighbour;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The items nearest to each item.
 *
 * @param item (items, at most as many as are kept) the nearest first, equally near ones by index
 * @param weight (items, the same) how near, positive
 */
@SuppressWarnings("ArrayRecordComponent") // large and read by hot loops; the record is never compared
record Neighbours(int[][] item, float[][] weight) {

    /** Counts the neighbours of one item. */
    @FunctionalInterface
    interface Count {
        void into(int item, Row row);
    }

    /** How near an item is, of what was counted between two. */
    @FunctionalInterface
    interface Weight {
        double of(int item, int neighbour, double counted);
    }

    private static final int CHUNK_ITEMS = 512;

    /**
     * The neighbours of every item, counted in parallel.
     *
     * @param kept of each item's neighbours, the nearest
     */
    static Neighbours of(int items, int kept, Count count, Weight weight) {
        if (kept < 1) {
            throw new IllegalArgumentException("expected at least one neighbour, found " + kept);
        }
        Neighbours neighbours = new Neighbours(new int[items][], new float[items][]);
        int chunk = Math.max(CHUNK_ITEMS, items / 64); // each has a row of the whole catalogue
        IntStream.range(0, Math.ceilDiv(items, chunk)).parallel().forEach(n -> {
            Row row = new Row(items);
            for (int item = n * chunk; item < Math.min(items, (n + 1) * chunk); item++) {
                count.into(item, row);
                row.keep(item, kept, weight, neighbours);
            }
        });
        return neighbours;
    }

    /** Counts between one item and all others. */
    static final class Row {

        private final double[] counted; // (items)
        private int[] touched = new int[64]; // items that were counted
        private int size;

        Row(int items) {
            counted = new double[items];
        }

        /** Adds a positive count. */
        void add(int neighbour, double count) {
            if (counted[neighbour] == 0) {
                if (size == touched.length) {
                    touched = Arrays.copyOf(touched, 2 * size);
                }
                touched[size++] = neighbour;
            }
            counted[neighbour] += count;
        }

        private void keep(int item, int kept, Weight weight, Neighbours into) {
            // Bits of positive floats ascend with them; the complement puts the nearest first, then the lowest index.
            long[] keys = new long[size];
            for (int n = 0; n < size; n++) {
                int neighbour = touched[n];
                float near = (float) weight.of(item, neighbour, counted[neighbour]);
                keys[n] = (long) ~Float.floatToIntBits(near) << 32 | neighbour;
                counted[neighbour] = 0;
            }
            Arrays.sort(keys);
            int length = Math.min(kept, size);
            into.item[item] = new int[length];
            into.weight[item] = new float[length];
            for (int n = 0; n < length; n++) {
                into.item[item][n] = (int) keys[n];
                into.weight[item][n] = Float.intBitsToFloat(~(int) (keys[n] >> 32));
            }
            size = 0;
        }
    }
}
