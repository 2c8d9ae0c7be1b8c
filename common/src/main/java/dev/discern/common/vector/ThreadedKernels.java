package dev.discern.common.vector;

import java.util.stream.IntStream;

/**
 * Kernels that share rows out to threads: those of matrix products and of {@link #forRows}. A row is computed by one thread and as
 * if it were alone, so results are the same to the bit for every number of threads. The threads are those of the JVM's common pool
 * and the caller: there are never more of them than processors.
 */
final class ThreadedKernels implements VectorKernels {

    private final VectorKernels kernels;
    private final int threads;

    ThreadedKernels(VectorKernels kernels, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("expected at least 1 thread, found " + threads);
        }
        this.kernels = kernels;
        this.threads = threads;
    }

    @Override
    public String name() {
        return kernels.name();
    }

    @Override
    public VectorKernels on(int threads) {
        return kernels.on(threads);
    }

    @Override
    public void forRows(int rows, RowTask task) {
        int parts = Math.min(threads, rows);
        if (parts <= 1) {
            task.run(0, rows);
        } else {
            IntStream.range(0, parts)
                    .parallel()
                    .forEach(part -> task.run(start(part, parts, rows), start(part + 1, parts, rows)));
        }
    }

    private static int start(int part, int parts, int rows) {
        return (int) ((long) part * rows / parts);
    }

    @Override
    public void multiply(
            int m,
            int n,
            int k,
            float[] a,
            boolean transposedA,
            float[] b,
            boolean transposedB,
            float[] c,
            boolean add) {
        forRows(m, (from, to) -> kernels.multiplyRows(from, to, m, n, k, a, transposedA, b, transposedB, c, add));
    }

    @Override
    public void multiplyRows(
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
            boolean add) {
        kernels.multiplyRows(from, to, m, n, k, a, transposedA, b, transposedB, c, add);
    }

    @Override
    public float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
        return kernels.dot(a, aFrom, b, bFrom, length);
    }

    @Override
    public void axpy(float alpha, float[] x, int xFrom, float[] y, int yFrom, int length) {
        kernels.axpy(alpha, x, xFrom, y, yFrom, length);
    }

    @Override
    public void scores(
            float[] query, int queryFrom, float[] matrix, int firstRow, int rows, int dim, float[] out, int outFrom) {
        kernels.scores(query, queryFrom, matrix, firstRow, rows, dim, out, outFrom);
    }

    @Override
    public void scores(
            float[] queries,
            int firstQuery,
            int queryCount,
            float[] matrix,
            int firstRow,
            int rows,
            int dim,
            float[] out) {
        kernels.scores(queries, firstQuery, queryCount, matrix, firstRow, rows, dim, out);
    }

    @Override
    public long reaching(CodedRows rows, int group, CodedQuery query, float threshold, float[] scores) {
        return kernels.reaching(rows, group, query, threshold, scores);
    }

    @Override
    public long reaching(float[] scores, float threshold) {
        return kernels.reaching(scores, threshold);
    }

    @Override
    public float pairDifference(float[] users, int user, float[] items, int positive, int negative, int dim) {
        return kernels.pairDifference(users, user, items, positive, negative, dim);
    }

    @Override
    public void pairUpdate(
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
            float negativeRate) {
        kernels.pairUpdate(
                users, user, items, positive, negative, dim, gradient, decay, userRate, positiveRate, negativeRate);
    }

    @Override
    public void adam(
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
            float epsilon) {
        kernels.adam(
                gradient,
                gradientFrom,
                values,
                first,
                second,
                from,
                length,
                beta1,
                beta2,
                stepSize,
                correction,
                epsilon);
    }
}
