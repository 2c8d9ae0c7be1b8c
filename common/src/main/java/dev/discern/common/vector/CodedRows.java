package dev.discern.common.vector;

import org.jspecify.annotations.Nullable;

/**
 * Rows in small whole numbers, and what makes scores of their products with a query: {@code score(r) = scale[r] · product(r) + offset[r]}.
 *
 * @param codes whole groups, laid out by {@link CodeGroups}
 * @param scale (groups · 64)
 * @param offset the same; null for zeros
 */
@SuppressWarnings("ArrayRecordComponent") // large and read by hot loops; the record is never compared
public record CodedRows(int dim, byte[] codes, float[] scale, float @Nullable [] offset) {

    // Written out: for the short form the compiler keeps no annotations of types.
    public CodedRows(int dim, byte[] codes, float[] scale, float @Nullable [] offset) {
        int groups = CodeGroups.count(scale.length);
        if (scale.length != groups * CodeGroups.ROWS
                || codes.length != scale.length * dim
                || (offset != null && offset.length != scale.length)) {
            throw new IllegalArgumentException("%d codes of %d dimensions, %d scales and %s offsets are no whole groups"
                    .formatted(codes.length, dim, scale.length, offset == null ? "no" : offset.length));
        }
        this.dim = dim;
        this.codes = codes;
        this.scale = scale;
        this.offset = offset;
    }

    /** The code of a row in a dimension. */
    public int code(int row, int dimension) {
        return CodeGroups.code(row, codes[CodeGroups.index(row, dimension, dim)]);
    }
}
