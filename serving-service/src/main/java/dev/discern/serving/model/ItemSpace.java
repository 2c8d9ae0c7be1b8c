package dev.discern.serving.model;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.serving.index.ScoredItems;
import dev.discern.serving.index.TopKIndex;
import java.util.Collection;

/**
 * Items by the angle between their vectors, or between one part of them.
 *
 * @param table (items, length of the part)
 * @param byCosine over the same, for queries of length one
 */
public record ItemSpace(EmbeddingTable table, TopKIndex byCosine) {

    /** A mean this short is what rounding leaves of directions that cancel each other out. */
    private static final double NO_LENGTH = 1e-6;

    /** A vector's part {@code [from, from + length)} of each item, as a table of its own: {@code 4 · length · items} bytes. */
    static EmbeddingTable part(EmbeddingTable whole, int from, int length) {
        float[] values = new float[Math.multiplyExact(whole.rows(), length)];
        for (int item = 0; item < whole.rows(); item++) {
            System.arraycopy(whole.values(), item * whole.dim() + from, values, item * length, length);
        }
        return new EmbeddingTable(whole.rows(), length, values);
    }

    /** An item's vector at length one, or zero if it has no direction: (dim). */
    public float[] direction(int itemIdx) {
        int dim = table.dim();
        float[] vector = new float[dim];
        float factor = ScoredItems.cosineFactor(table, itemIdx);
        for (int k = 0; k < dim; k++) {
            vector[k] = table.values()[itemIdx * dim + k] * factor;
        }
        return vector;
    }

    /**
     * The mean of the directions of some items, at length one; zero if it has none, because none of them has, or they cancel each other out: (dim).
     *
     * @param items dense indices, at least one; none counts twice
     */
    public float[] direction(Collection<Integer> items) {
        if (items.size() == 1) {
            return direction(items.iterator().next());
        }
        double[] sum = new double[table.dim()];
        for (int item : items) {
            float[] direction = direction(item);
            for (int k = 0; k < sum.length; k++) {
                sum[k] += direction[k];
            }
        }
        double square = 0;
        for (double value : sum) {
            square += value * value;
        }
        float[] mean = new float[sum.length];
        double length = Math.sqrt(square);
        for (int k = 0; k < mean.length && length > NO_LENGTH * items.size(); k++) {
            mean[k] = (float) (sum[k] / length);
        }
        return mean;
    }
}
