package dev.discern.common.vector;

/**
 * Where the codes of a table stand for {@link VectorKernels#reaching}: rows in groups of 64, in each group dimension after dimension
 * (dim, 64), so that lanes are rows and no sum crosses lanes. Codes are whole numbers that fit a byte.
 *
 * <p>In each dimension the codes of the rows {@code m}, {@code m + 16}, {@code m + 32} and {@code m + 48} are neighbours, four bytes of an
 * int: sums of shorts, widened to the ints of their even and of their odd places, are then those of neighbouring rows. Two codes are multiplied
 * at once, as the low and the high byte of a short; those of low bytes are stored with 128 added, without a sign.
 */
public final class CodeGroups {

    /** Rows of a group: as many as bits of a {@code long}. */
    public static final int ROWS = Long.SIZE;

    /** The greatest code of a row, and the least with a minus. */
    public static final int MAX_ROW_CODE = 127;

    /** Rows whose codes are neighbours are so far apart. */
    static final int QUARTER = ROWS / 4;

    /** What is added to the codes of low bytes. */
    static final int LOW = 128;

    private CodeGroups() {}

    /** How many groups hold so many rows; the last may be filled in part. */
    public static int count(int rows) {
        return Math.ceilDiv(rows, ROWS);
    }

    /** The place of a code. */
    public static int index(int row, int dimension, int dim) {
        int inGroup = row % ROWS;
        return (row / ROWS * dim + dimension) * ROWS + 4 * (inGroup % QUARTER) + inGroup / QUARTER;
    }

    /** What stands in the place of a row's code. */
    public static byte stored(int row, int code) {
        return (byte) (code ^ flipped(row));
    }

    /** The code that so stands in a place. */
    public static int code(int row, byte stored) {
        return (byte) (stored ^ flipped(row));
    }

    /** Changing the highest bit of a byte adds 128 to it. */
    private static int flipped(int row) {
        return row / QUARTER % 2 == 0 ? LOW : 0;
    }
}
