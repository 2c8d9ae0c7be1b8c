package dev.discern.common.vector;

/**
 * A query in small whole numbers, {@code p ≈ step · codes}: as large as the sums of their products with a row's codes allow, which are taken
 * as shorts for {@link #BLOCK} dimensions at a time.
 *
 * @param codes (dim); in each block their absolute values sum to {@link #MAX_SUM} at most
 * @param start (blocks) what such a sum starts from for codes that are stored with {@link CodeGroups#LOW} added: it takes that away again,
 *     modulo 2¹⁶
 * @param step not negative
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one search; it is never compared
public record CodedQuery(short[] codes, short[] start, float step) {

    /** Dimensions whose products are summed as shorts. */
    public static final int BLOCK = 16;

    /** {@code 258 · 127 < 2¹⁵}. */
    public static final int MAX_SUM = Short.MAX_VALUE / CodeGroups.MAX_ROW_CODE;

    /**
     * From its codes.
     *
     * @throws IllegalArgumentException if those of a block sum to more than {@link #MAX_SUM}
     */
    public static CodedQuery of(short[] codes, float step) {
        short[] start = new short[Math.ceilDiv(codes.length, BLOCK)];
        for (int block = 0; block < start.length; block++) {
            int sum = 0;
            int size = 0;
            for (int d = block * BLOCK, end = Math.min(d + BLOCK, codes.length); d < end; d++) {
                sum += codes[d];
                size += Math.abs(codes[d]);
            }
            if (size > MAX_SUM) {
                throw new IllegalArgumentException(
                        "codes from dimension %d on sum to %d, more than %d".formatted(block * BLOCK, size, MAX_SUM));
            }
            start[block] = (short) (-CodeGroups.LOW * sum);
        }
        return new CodedQuery(codes, start, step);
    }

    /** The nearest codes of a vector; all zeros, and a step of 0, where it is next to zero. */
    public static CodedQuery of(float[] query) {
        double largest = 0; // sum of a block's absolute values
        for (int block = 0; block < query.length; block += BLOCK) {
            double size = 0;
            for (int d = block, end = Math.min(block + BLOCK, query.length); d < end; d++) {
                size += Math.abs(query[d]);
            }
            largest = Math.max(largest, size);
        }
        float step = (float) (largest / (MAX_SUM - BLOCK / 2)); // each code may be rounded up by a half
        short[] codes = new short[query.length];
        if (step < Float.MIN_NORMAL || step > Float.MAX_VALUE) { // its rounding could make codes too large
            return of(codes, 0);
        }
        for (int d = 0; d < query.length; d++) {
            codes[d] = (short) Math.rint(query[d] / (double) step);
        }
        return of(codes, step);
    }
}
