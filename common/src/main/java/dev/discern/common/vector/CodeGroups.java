package dev.discern.common.vector;

/**
 * Where the codes of a table stand for {@link VectorKernels#reaching}: rows in groups of 64, in each group dimension after dimension
 * (dim, 64), so that lanes are rows and no sum crosses lanes. Codes are whole numbers that fit a byte.
 *
 * <p>In each dimension the codes of the rows {@code m} and {@code m + 32} are neighbours: sums of shorts, widened to the ints of their even
 * and of their odd places, are then those of neighbouring rows.
 */
public final class CodeGroups {

    /** Rows of a group: as many as bits of a {@code long}. */
    public static final int ROWS = Long.SIZE;

    /** The distance of two rows whose codes are neighbours. */
    static final int HALF = ROWS / 2;

    /** The greatest code of a row, and the least with a minus. */
    public static final int MAX_ROW_CODE = 127;

    /** The greatest code of a query, and the least with a minus: the products of {@link #SHORT_SUMS} dimensions fit a short. */
    public static final int MAX_QUERY_CODE = 31;

    /** Dimensions whose products are summed as shorts: {@code 8 · 127 · 31 < 2¹⁵}. */
    static final int SHORT_SUMS = 8;

    private CodeGroups() {}

    /** How many groups hold so many rows; the last may be filled in part. */
    public static int count(int rows) {
        return Math.ceilDiv(rows, ROWS);
    }

    /** The place of a code. */
    public static int index(int row, int dimension, int dim) {
        int inGroup = row % ROWS;
        return (row / ROWS * dim + dimension) * ROWS + 2 * (inGroup % HALF) + inGroup / HALF;
    }
}
