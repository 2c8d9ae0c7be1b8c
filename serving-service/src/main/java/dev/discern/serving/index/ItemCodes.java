package dev.discern.serving.index;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.vector.CodeGroups;

/**
 * A table in whole numbers, a byte a value: {@code q_i ≈ s_i c_i} with {@code s_i = max_d |q_id| / 127} and {@code c_id} in
 * {@code [−127, 127]}.
 *
 * @param codes {@code c}, laid out by {@link CodeGroups}; behind the last row they mean nothing
 * @param scale (items) {@code s}
 */
@SuppressWarnings("ArrayRecordComponent") // large and read by hot loops; the record is never compared
record ItemCodes(byte[] codes, float[] scale) {

    /** Whether the codes of a table fit an array. */
    static boolean fit(EmbeddingTable table) {
        return (long) CodeGroups.count(table.rows()) * CodeGroups.ROWS * table.dim() <= Integer.MAX_VALUE - 8;
    }

    static ItemCodes of(EmbeddingTable table) {
        int dim = table.dim();
        byte[] codes = new byte[CodeGroups.count(table.rows()) * CodeGroups.ROWS * dim];
        float[] scale = new float[table.rows()];
        for (int item = 0; item < scale.length; item++) {
            int from = item * dim;
            float step = step(table.values(), from, dim);
            scale[item] = step;
            int to = CodeGroups.index(item, 0, dim);
            for (int d = 0; d < dim; d++) {
                codes[to + d * CodeGroups.ROWS] = CodeGroups.stored(item, code(table.values()[from + d], step));
            }
        }
        return new ItemCodes(codes, scale);
    }

    /** The distance of codes with which the greatest of these values has the greatest code. */
    private static float step(float[] values, int from, int length) {
        float max = 0;
        for (int k = from; k < from + length; k++) {
            max = Math.max(max, Math.abs(values[k]));
        }
        return max / CodeGroups.MAX_ROW_CODE;
    }

    /** The nearest code; 0 for a step of 0. */
    private static int code(float value, float step) {
        return step == 0
                ? 0
                : (int) Math.clamp(Math.rint((double) value / step), -CodeGroups.MAX_ROW_CODE, CodeGroups.MAX_ROW_CODE);
    }
}
