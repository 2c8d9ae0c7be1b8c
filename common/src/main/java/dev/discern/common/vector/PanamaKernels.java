package dev.discern.common.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the Vector API. Vector values never leave a method: boxed, they made a kernel fifteen times slower. Sums are
 * taken in several accumulators, so results differ from the scalar ones by rounding.
 */
final class PanamaKernels implements VectorKernels {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public String name() {
        return "panama-" + SPECIES.vectorBitSize();
    }

    @Override
    public float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        int k = 0;
        for (int end = length - 2 * LANES; k <= end; k += 2 * LANES) {
            sum0 = FloatVector.fromArray(SPECIES, a, aFrom + k).fma(FloatVector.fromArray(SPECIES, b, bFrom + k), sum0);
            sum1 = FloatVector.fromArray(SPECIES, a, aFrom + k + LANES)
                    .fma(FloatVector.fromArray(SPECIES, b, bFrom + k + LANES), sum1);
        }
        for (int end = length - LANES; k <= end; k += LANES) {
            sum0 = FloatVector.fromArray(SPECIES, a, aFrom + k).fma(FloatVector.fromArray(SPECIES, b, bFrom + k), sum0);
        }
        float sum = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
        for (; k < length; k++) {
            sum += a[aFrom + k] * b[bFrom + k];
        }
        return sum;
    }

    @Override
    public void axpy(float alpha, float[] x, int xFrom, float[] y, int yFrom, int length) {
        FloatVector scale = FloatVector.broadcast(SPECIES, alpha);
        int k = 0;
        for (int end = length - LANES; k <= end; k += LANES) {
            FloatVector.fromArray(SPECIES, x, xFrom + k)
                    .fma(scale, FloatVector.fromArray(SPECIES, y, yFrom + k))
                    .intoArray(y, yFrom + k);
        }
        for (; k < length; k++) {
            y[yFrom + k] += alpha * x[xFrom + k];
        }
    }

    @Override
    public void scores(
            float[] query, int queryFrom, float[] matrix, int firstRow, int rows, int dim, float[] out, int outFrom) {
        int row = 0;
        for (; row + 4 <= rows; row += 4) {
            int r0 = (firstRow + row) * dim;
            int r1 = r0 + dim;
            int r2 = r1 + dim;
            int r3 = r2 + dim;
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = FloatVector.zero(SPECIES);
            FloatVector s2 = FloatVector.zero(SPECIES);
            FloatVector s3 = FloatVector.zero(SPECIES);
            int k = 0;
            for (int end = dim - LANES; k <= end; k += LANES) {
                FloatVector q = FloatVector.fromArray(SPECIES, query, queryFrom + k);
                s0 = FloatVector.fromArray(SPECIES, matrix, r0 + k).fma(q, s0);
                s1 = FloatVector.fromArray(SPECIES, matrix, r1 + k).fma(q, s1);
                s2 = FloatVector.fromArray(SPECIES, matrix, r2 + k).fma(q, s2);
                s3 = FloatVector.fromArray(SPECIES, matrix, r3 + k).fma(q, s3);
            }
            float t0 = s0.reduceLanes(VectorOperators.ADD);
            float t1 = s1.reduceLanes(VectorOperators.ADD);
            float t2 = s2.reduceLanes(VectorOperators.ADD);
            float t3 = s3.reduceLanes(VectorOperators.ADD);
            for (; k < dim; k++) {
                float q = query[queryFrom + k];
                t0 += q * matrix[r0 + k];
                t1 += q * matrix[r1 + k];
                t2 += q * matrix[r2 + k];
                t3 += q * matrix[r3 + k];
            }
            out[outFrom + row] = t0;
            out[outFrom + row + 1] = t1;
            out[outFrom + row + 2] = t2;
            out[outFrom + row + 3] = t3;
        }
        for (; row < rows; row++) {
            out[outFrom + row] = dot(query, queryFrom, matrix, (firstRow + row) * dim, dim);
        }
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
        int query = 0;
        for (; query + 4 <= queryCount; query += 4) {
            fourQueries(queries, (firstQuery + query) * dim, matrix, firstRow, rows, dim, out, query * rows);
        }
        for (; query < queryCount; query++) {
            scores(queries, (firstQuery + query) * dim, matrix, firstRow, rows, dim, out, query * rows);
        }
    }

    /** Four queries at {@code q} against pairs of rows: eight sums in registers, each row read once for four queries. */
    private static void fourQueries(
            float[] queries, int q, float[] matrix, int firstRow, int rows, int dim, float[] out, int outFrom) {
        int row = 0;
        for (; row + 2 <= rows; row += 2) {
            int r0 = (firstRow + row) * dim;
            int r1 = r0 + dim;
            FloatVector s00 = FloatVector.zero(SPECIES);
            FloatVector s01 = FloatVector.zero(SPECIES);
            FloatVector s10 = FloatVector.zero(SPECIES);
            FloatVector s11 = FloatVector.zero(SPECIES);
            FloatVector s20 = FloatVector.zero(SPECIES);
            FloatVector s21 = FloatVector.zero(SPECIES);
            FloatVector s30 = FloatVector.zero(SPECIES);
            FloatVector s31 = FloatVector.zero(SPECIES);
            int k = 0;
            for (int end = dim - LANES; k <= end; k += LANES) {
                FloatVector m0 = FloatVector.fromArray(SPECIES, matrix, r0 + k);
                FloatVector m1 = FloatVector.fromArray(SPECIES, matrix, r1 + k);
                FloatVector q0 = FloatVector.fromArray(SPECIES, queries, q + k);
                s00 = q0.fma(m0, s00);
                s01 = q0.fma(m1, s01);
                FloatVector q1 = FloatVector.fromArray(SPECIES, queries, q + dim + k);
                s10 = q1.fma(m0, s10);
                s11 = q1.fma(m1, s11);
                FloatVector q2 = FloatVector.fromArray(SPECIES, queries, q + 2 * dim + k);
                s20 = q2.fma(m0, s20);
                s21 = q2.fma(m1, s21);
                FloatVector q3 = FloatVector.fromArray(SPECIES, queries, q + 3 * dim + k);
                s30 = q3.fma(m0, s30);
                s31 = q3.fma(m1, s31);
            }
            float t00 = s00.reduceLanes(VectorOperators.ADD);
            float t01 = s01.reduceLanes(VectorOperators.ADD);
            float t10 = s10.reduceLanes(VectorOperators.ADD);
            float t11 = s11.reduceLanes(VectorOperators.ADD);
            float t20 = s20.reduceLanes(VectorOperators.ADD);
            float t21 = s21.reduceLanes(VectorOperators.ADD);
            float t30 = s30.reduceLanes(VectorOperators.ADD);
            float t31 = s31.reduceLanes(VectorOperators.ADD);
            for (; k < dim; k++) {
                float m0 = matrix[r0 + k];
                float m1 = matrix[r1 + k];
                t00 += queries[q + k] * m0;
                t01 += queries[q + k] * m1;
                t10 += queries[q + dim + k] * m0;
                t11 += queries[q + dim + k] * m1;
                t20 += queries[q + 2 * dim + k] * m0;
                t21 += queries[q + 2 * dim + k] * m1;
                t30 += queries[q + 3 * dim + k] * m0;
                t31 += queries[q + 3 * dim + k] * m1;
            }
            int o = outFrom + row;
            out[o] = t00;
            out[o + 1] = t01;
            out[o + rows] = t10;
            out[o + rows + 1] = t11;
            out[o + 2 * rows] = t20;
            out[o + 2 * rows + 1] = t21;
            out[o + 3 * rows] = t30;
            out[o + 3 * rows + 1] = t31;
        }
        for (; row < rows; row++) {
            for (int query = 0; query < 4; query++) {
                float sum = 0;
                for (int k = 0; k < dim; k++) {
                    sum += queries[q + query * dim + k] * matrix[(firstRow + row) * dim + k];
                }
                out[outFrom + query * rows + row] = sum;
            }
        }
    }

    @Override
    public float pairDifference(float[] users, int user, float[] items, int positive, int negative, int dim) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        int k = 0;
        for (int end = dim - 2 * LANES; k <= end; k += 2 * LANES) {
            sum0 = FloatVector.fromArray(SPECIES, items, positive + k)
                    .sub(FloatVector.fromArray(SPECIES, items, negative + k))
                    .fma(FloatVector.fromArray(SPECIES, users, user + k), sum0);
            sum1 = FloatVector.fromArray(SPECIES, items, positive + k + LANES)
                    .sub(FloatVector.fromArray(SPECIES, items, negative + k + LANES))
                    .fma(FloatVector.fromArray(SPECIES, users, user + k + LANES), sum1);
        }
        for (int end = dim - LANES; k <= end; k += LANES) {
            sum0 = FloatVector.fromArray(SPECIES, items, positive + k)
                    .sub(FloatVector.fromArray(SPECIES, items, negative + k))
                    .fma(FloatVector.fromArray(SPECIES, users, user + k), sum0);
        }
        float sum = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
        for (; k < dim; k++) {
            sum += users[user + k] * (items[positive + k] - items[negative + k]);
        }
        return sum;
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
        // x + rate · (g · y − decay · x) = (1 − rate · decay) · x + (rate · g) · y
        FloatVector keepUser = FloatVector.broadcast(SPECIES, 1 - userRate * decay);
        FloatVector keepPositive = FloatVector.broadcast(SPECIES, 1 - positiveRate * decay);
        FloatVector keepNegative = FloatVector.broadcast(SPECIES, 1 - negativeRate * decay);
        FloatVector stepUser = FloatVector.broadcast(SPECIES, userRate * gradient);
        FloatVector stepPositive = FloatVector.broadcast(SPECIES, positiveRate * gradient);
        FloatVector stepNegative = FloatVector.broadcast(SPECIES, -negativeRate * gradient);
        int k = 0;
        for (int end = dim - LANES; k <= end; k += LANES) {
            FloatVector u = FloatVector.fromArray(SPECIES, users, user + k);
            FloatVector i = FloatVector.fromArray(SPECIES, items, positive + k);
            FloatVector j = FloatVector.fromArray(SPECIES, items, negative + k);
            u.mul(keepUser).add(i.sub(j).mul(stepUser)).intoArray(users, user + k);
            i.mul(keepPositive).add(u.mul(stepPositive)).intoArray(items, positive + k);
            j.mul(keepNegative).add(u.mul(stepNegative)).intoArray(items, negative + k);
        }
        for (; k < dim; k++) {
            float u = users[user + k];
            float i = items[positive + k];
            float j = items[negative + k];
            users[user + k] = u + userRate * (gradient * (i - j) - decay * u);
            items[positive + k] = i + positiveRate * (gradient * u - decay * i);
            items[negative + k] = j + negativeRate * (-gradient * u - decay * j);
        }
    }
}
