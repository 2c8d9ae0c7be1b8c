package dev.discern.common.artifact;

/**
 * A table of vectors. The array is shared, not copied.
 *
 * @param values (rows, dim), row-major
 */
@SuppressWarnings("ArrayRecordComponent") // large and read by hot loops; the record is never compared
public record EmbeddingTable(int rows, int dim, float[] values) {

    public EmbeddingTable {
        if (rows < 0 || dim <= 0 || values.length != (long) rows * dim) {
            throw new IllegalArgumentException(
                    "%d values are no table of %d rows and %d dimensions".formatted(values.length, rows, dim));
        }
    }
}
