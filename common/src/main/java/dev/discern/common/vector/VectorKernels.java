package dev.discern.common.vector;

/**
 * Dense kernels on floats and on byte codes of them. {@link ScalarKernels} is the obvious version, {@link PanamaKernels} the fast one; both accept any length
 * and offset. Matrices are row-major. Arguments are trusted: callers validate shapes once, outside their loops.
 */
public interface VectorKernels {

    /** A name for logs and reports, such as {@code scalar} or {@code panama-512}. */
    String name();

    /** {@code Σ a[aFrom + k] · b[bFrom + k]} over {@code length} elements. */
    float dot(float[] a, int aFrom, float[] b, int bFrom, int length);

    /** {@code y += alpha · x} over {@code length} elements. */
    void axpy(float alpha, float[] x, int xFrom, float[] y, int yFrom, int length);

    /**
     * Scores of one query against consecutive rows: {@code out[outFrom + r] = query · matrix[firstRow + r]} for {@code r} in
     * {@code [0, rows)}. A row's score is the same to the bit, whichever rows are scored together.
     *
     * @param query (dim) at {@code queryFrom}
     * @param matrix (at least firstRow + rows, dim)
     */
    void scores(
            float[] query, int queryFrom, float[] matrix, int firstRow, int rows, int dim, float[] out, int outFrom);

    /**
     * Scores of several queries against consecutive rows, {@code C = Q · Mᵀ}: {@code out[q · rows + r] = queries[firstQuery + q] ·
     * matrix[firstRow + r]}.
     *
     * @param queries (at least firstQuery + queryCount, dim)
     * @param matrix (at least firstRow + rows, dim)
     * @param out (at least queryCount · rows)
     */
    void scores(
            float[] queries,
            int firstQuery,
            int queryCount,
            float[] matrix,
            int firstRow,
            int rows,
            int dim,
            float[] out);

    /**
     * The scores of a group's 64 rows by whole numbers in place of floats, and which of them reach a threshold: bit {@code n} of the answer is
     * set unless {@code scores[n] < threshold} (so it is where either is no number), with the row {@code r = 64 · group + n} and
     *
     * <pre>  scores[n] = scale[r] · ( step · Σ_d query[d] · codes[r, d] ) + offset[r]</pre>
     *
     * The sum is exact and the rest rounded alike by all kernels: the product with {@code step}, then a fused multiply-add.
     *
     * @param scores (64) written
     */
    long reaching(CodedRows rows, int group, CodedQuery query, float threshold, float[] scores);

    /**
     * Which of 64 scores reach a threshold: bit {@code n} of the answer is set unless {@code scores[n] < threshold}.
     *
     * @param scores (64)
     */
    long reaching(float[] scores, float threshold);

    /**
     * Matrix product, {@code C = A · B}, or {@code C += A · B}, of row-major matrices; either factor may be read transposed.
     *
     * @param a (m, k), or (k, m) when transposed
     * @param b (k, n), or (n, k) when transposed
     * @param c (m, n)
     * @param add whether to add to what {@code c} holds
     */
    default void multiply(
            int m,
            int n,
            int k,
            float[] a,
            boolean transposedA,
            float[] b,
            boolean transposedB,
            float[] c,
            boolean add) {
        multiplyRows(0, m, m, n, k, a, transposedA, b, transposedB, c, add);
    }

    /** The rows {@code [from, to)} of such a product: the same to the bit, whichever rows are computed together. */
    void multiplyRows(
            int from,
            int to,
            int m,
            int n,
            int k,
            float[] a,
            boolean transposedA,
            float[] b,
            boolean transposedB,
            float[] c,
            boolean add);

    /** Work on the rows {@code [from, to)}, none of which depends on another. */
    @FunctionalInterface
    interface RowTask {

        /** Does it. */
        void run(int from, int to);
    }

    /** Works on {@code [0, rows)}: in one range, or in one for each thread that these kernels may use. */
    default void forRows(int rows, RowTask task) {
        task.run(0, rows);
    }

    /** These kernels with so many threads for matrix products and {@link #forRows}; they compute the same to the bit. */
    default VectorKernels on(int threads) {
        return threads == 1 ? this : new ThreadedKernels(this, threads);
    }

    /**
     * One BPR step's score difference: {@code user · (positive − negative)}, the rows read at these offsets.
     *
     * @param users holds the user's row at {@code user}
     * @param items holds the items' rows at {@code positive} and {@code negative}
     */
    float pairDifference(float[] users, int user, float[] items, int positive, int negative, int dim);

    /**
     * One pairwise gradient step on a user row {@code u} and two item rows {@code i}, {@code j}, with L2 decay, all three computed
     * from the old values:
     *
     * <pre>
     *   u += userRate · (gradient · (i − j) − decay · u)
     *   i += positiveRate · (gradient · u − decay · i)
     *   j += negativeRate · (−gradient · u − decay · j)
     * </pre>
     *
     * @param gradient of the objective to ascend by the score difference {@code s_i − s_j}
     */
    void pairUpdate(
            float[] users,
            int user,
            float[] items,
            int positive,
            int negative,
            int dim,
            float gradient,
            float decay,
            float userRate,
            float positiveRate,
            float negativeRate);

    /**
     * One step of Adam on some values {@code x} with their gradient {@code g} and moments {@code m}, {@code v}:
     *
     * <pre>
     *   m ← β1 m + (1 − β1) g     v ← β2 v + (1 − β2) g²     x ← x − stepSize · m / ( √(v · correction) + ε )
     * </pre>
     *
     * @param gradient at {@code gradientFrom}; the other three are changed at {@code from}
     */
    void adam(
            float[] gradient,
            int gradientFrom,
            float[] values,
            float[] first,
            float[] second,
            int from,
            int length,
            float beta1,
            float beta2,
            float stepSize,
            float correction,
            float epsilon);
}
