package dev.discern.benchmarks;

/**
 * What training BPR-MF holds in memory, its best epoch included. All that grows with the data are arrays of four-byte numbers; this
 * is their count:
 *
 * <pre>
 *   parameters      2 · (U·d + I·d + I)      the live ones and those of the best epoch
 *   AdaGrad         U + I
 *   histories       N + U
 *   training part   3 · T + U                by time, sorted, and the user of each, with T = N − 2 U
 *   seen filter     U · max(64, p) / 32      p bits a user, 8 T / U rounded up to a power of two
 *   held out        2 · U
 *   popularity      I
 * </pre>
 *
 * @param users U, each with at least three interactions
 * @param items I
 * @param interactions N
 * @param dim d, length of the vectors
 */
record BprMfMemory(long users, long items, long interactions, long dim) {

    private static final int HELD_OUT = 2;
    private static final int FILTER_BITS_PER_ITEM = 8;
    private static final long MIN_FILTER_BITS = 64;

    long bytes() {
        long training = interactions - HELD_OUT * users;
        long filterBits =
                Math.max(MIN_FILTER_BITS, Long.highestOneBit(2 * (FILTER_BITS_PER_ITEM * training / users) - 1));
        return Float.BYTES
                * (2 * (users * dim + items * dim + items)
                        + (users + items)
                        + (interactions + users)
                        + (3 * training + users)
                        + users * filterBits / Integer.SIZE
                        + HELD_OUT * users
                        + items);
    }
}
