package dev.discern.serving.index;

import dev.discern.common.artifact.EmbeddingTable;
import org.jspecify.annotations.Nullable;

/**
 * Items and how a query {@code p} scores them: {@code score(i) = f_i (p · q_i) + b_i}. The arrays are shared, not copied.
 *
 * @param table (items, dim) vectors {@code q_i}
 * @param factor (items) {@code f_i}, not negative; null when all are 1
 * @param bias (items) {@code b_i}; null when all are 0
 */
@SuppressWarnings("ArrayRecordComponent") // large and read by hot loops; the record is never compared
public record ScoredItems(EmbeddingTable table, float @Nullable [] factor, float @Nullable [] bias) {

    /** Vectors shorter than this have no direction: their factors would leave the range of floats. */
    private static final double SHORTEST = 0x1p-100;

    public ScoredItems {
        requireLength(factor, "factors", table);
        requireLength(bias, "biases", table);
    }

    private static void requireLength(float @Nullable [] values, String name, EmbeddingTable table) {
        if (values != null && values.length != table.rows()) {
            throw new IllegalArgumentException(
                    "%d %s do not belong to %d items".formatted(values.length, name, table.rows()));
        }
    }

    /** Scored by dot product and bias. */
    public static ScoredItems byDot(EmbeddingTable table, float[] bias) {
        return new ScoredItems(table, null, bias);
    }

    /**
     * Scored, for a query of length one, by the cosine of the angle to it: {@code f_i = 1 / ‖q_i‖}. An item whose vector is zero, or
     * nearly so, has the cosine 0 to everything.
     */
    public static ScoredItems byCosine(EmbeddingTable table) {
        float[] factor = new float[table.rows()];
        for (int item = 0; item < factor.length; item++) {
            factor[item] = cosineFactor(table, item);
        }
        return new ScoredItems(table, factor, null);
    }

    /** One by the length of an item's vector; 0 when that is no length. */
    public static float cosineFactor(EmbeddingTable table, int item) {
        double sum = 0;
        for (int k = item * table.dim(), end = k + table.dim(); k < end; k++) {
            sum += (double) table.values()[k] * table.values()[k];
        }
        double length = Math.sqrt(sum);
        return length < SHORTEST ? 0 : (float) (1 / length);
    }

    float factor(int item) {
        return factor == null ? 1 : factor[item];
    }

    float bias(int item) {
        return bias == null ? 0 : bias[item];
    }

    /** The score of an item whose vector has this product with the query. */
    float score(int item, float product) {
        float scaled = factor == null ? product : product * factor[item];
        return bias == null ? scaled : scaled + bias[item];
    }
}
