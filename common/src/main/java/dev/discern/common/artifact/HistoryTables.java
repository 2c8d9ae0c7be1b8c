package dev.discern.common.artifact;

import dev.discern.common.vector.VectorKernels;
import java.util.Arrays;
import java.util.List;

/**
 * What makes a user's vector from the items they have, newest first {@code h(1), h(2), …}: for each part {@code p} of the vector
 *
 * <pre>  u_p = gain_p · norm( Σ_{k=1..K} recency_p(k) · context_p(h(k)) )        u = [u_1; u_2; …]</pre>
 *
 * where {@code norm} scales to length 1 and leaves a zero sum as it is. Items older than the K newest do not count.
 *
 * @param context (items, dim): what having an item says of a user
 * @param parts in the order of the dimensions; their lengths add up to dim, their recencies are equally long
 */
public record HistoryTables(EmbeddingTable context, List<Part> parts) {

    /**
     * Consecutive dimensions that are scaled together.
     *
     * @param length how many
     * @param gain the length of the user's vector in this part
     * @param recency (K) weights by place in the history, the newest first
     */
    @SuppressWarnings("ArrayRecordComponent") // read by hot loops; the record is never compared
    public record Part(int length, float gain, float[] recency) {

        public Part {
            if (length < 1 || !Float.isFinite(gain) || recency.length == 0) {
                throw new IllegalArgumentException(
                        "a part needs a length of at least 1, a finite gain and recencies, got %d, %s and %d of them"
                                .formatted(length, gain, recency.length));
            }
            for (float weight : recency) {
                if (!Float.isFinite(weight)) {
                    throw new IllegalArgumentException("a recency of " + weight);
                }
            }
        }
    }

    public HistoryTables {
        parts = List.copyOf(parts);
        long dim = parts.stream().mapToLong(Part::length).sum();
        if (dim != context.dim()) {
            throw new IllegalArgumentException(
                    "the lengths of the history's parts: expected a sum of %d, found %d".formatted(context.dim(), dim));
        }
        for (Part part : parts) {
            if (part.recency().length != parts.getFirst().recency().length) {
                throw new IllegalArgumentException("the recencies of a history: expected %d in each part, found %d"
                        .formatted(parts.getFirst().recency().length, part.recency().length));
            }
        }
    }

    /** How many items count: K. */
    public int depth() {
        return parts.getFirst().recency().length;
    }

    /**
     * Writes the vector of a history to {@code out[at .. at + dim)}; it is zero where there are no items.
     *
     * @param itemsOldestFirst holds the history, dense item indices, in {@code [from, to)}
     */
    public void vector(int[] itemsOldestFirst, int from, int to, VectorKernels kernels, float[] out, int at) {
        Arrays.fill(out, at, at + context.dim(), 0);
        int count = Math.min(to - from, depth());
        int first = 0; // dimension
        for (Part part : parts) {
            for (int k = 0; k < count; k++) {
                int row = itemsOldestFirst[to - 1 - k] * context.dim();
                kernels.axpy(part.recency()[k], context.values(), row + first, out, at + first, part.length());
            }
            scale(out, at + first, part.length(), part.gain());
            first += part.length();
        }
    }

    /** Scales a vector to a length. In double: the squares of what a float holds neither vanish nor overflow. */
    private static void scale(float[] out, int from, int length, float gain) {
        double square = 0;
        for (int k = from; k < from + length; k++) {
            square += (double) out[k] * out[k];
        }
        if (square > 0) {
            double scale = gain / Math.sqrt(square);
            for (int k = from; k < from + length; k++) {
                out[k] = (float) (out[k] * scale);
            }
        }
    }
}
