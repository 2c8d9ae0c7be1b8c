package dev.discern.common.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the Vector API. Vector values never leave a method: boxed, they made a kernel fifteen times slower. Sums are
 * taken in several accumulators and with fused multiply-add, so results differ from the scalar ones by rounding.
 */
final class PanamaKernels implements VectorKernels {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final long ALL_LANES = -1L >>> (Long.SIZE - LANES);
    private static final VectorSpecies<Byte> BYTES = SPECIES.withLanes(byte.class);
    private static final VectorSpecies<Short> SHORTS = SPECIES.withLanes(short.class);
    private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);

    private static final VectorShuffle<Float> DOWN_8 = VectorShuffle.iota(SPECIES, 8 % LANES, 1, true);
    private static final VectorShuffle<Float> DOWN_4 = VectorShuffle.iota(SPECIES, 4 % LANES, 1, true);
    private static final VectorShuffle<Float> DOWN_2 = VectorShuffle.iota(SPECIES, 2 % LANES, 1, true);
    private static final VectorShuffle<Float> DOWN_1 = VectorShuffle.iota(SPECIES, 1 % LANES, 1, true);

    /** Rows and queries of a register tile: 4 x 2 sums, 2 rows and a query fit the 16 registers that AVX2 has, too. */
    private static final int PANEL_ROWS = 2 * LANES;

    private static final int TILE_QUERIES = 4;

    /** The width of this machine's preferred vectors. */
    static int vectorBits() {
        return SPECIES.vectorBitSize();
    }

    @Override
    public String name() {
        return "panama-" + vectorBits();
    }

    /**
     * The sum of all lanes, halves first. {@code reduceLanes} may add in any order, and does: another one interpreted than compiled, so
     * that a run would depend on when the JVM compiles it.
     */
    private static float sum(FloatVector v) {
        FloatVector s = v;
        if (LANES > 8) {
            s = s.add(s.rearrange(DOWN_8));
        }
        if (LANES > 4) {
            s = s.add(s.rearrange(DOWN_4));
        }
        if (LANES > 2) {
            s = s.add(s.rearrange(DOWN_2));
        }
        if (LANES > 1) {
            s = s.add(s.rearrange(DOWN_1));
        }
        return s.lane(0);
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
        float sum = sum(sum0.add(sum1));
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
            float t0 = sum(s0);
            float t1 = sum(s1);
            float t2 = sum(s2);
            float t3 = sum(s3);
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
            out[outFrom + row] = score(query, queryFrom, matrix, (firstRow + row) * dim, dim);
        }
    }

    /** One row's score, summed in the order of four: {@link #dot} has another. */
    private static float score(float[] query, int queryFrom, float[] matrix, int from, int dim) {
        FloatVector s = FloatVector.zero(SPECIES);
        int k = 0;
        for (int end = dim - LANES; k <= end; k += LANES) {
            s = FloatVector.fromArray(SPECIES, matrix, from + k)
                    .fma(FloatVector.fromArray(SPECIES, query, queryFrom + k), s);
        }
        float sum = sum(s);
        for (; k < dim; k++) {
            sum += query[queryFrom + k] * matrix[from + k];
        }
        return sum;
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
        if (queryCount < TILE_QUERIES || rows < PANEL_ROWS) {
            for (int query = 0; query < queryCount; query++) {
                scores(queries, (firstQuery + query) * dim, matrix, firstRow, rows, dim, out, query * rows);
            }
            return;
        }
        float[] panel = new float[dim * PANEL_ROWS];
        for (int row = 0; row < rows; row += PANEL_ROWS) {
            int panelRow = Math.min(row, rows - PANEL_ROWS); // the last panel and tile overlap those before them
            pack(matrix, (firstRow + panelRow) * dim, dim, panel);
            for (int query = 0; query < queryCount; query += TILE_QUERIES) {
                int tileQuery = Math.min(query, queryCount - TILE_QUERIES);
                tile(queries, (firstQuery + tileQuery) * dim, panel, dim, out, tileQuery * rows + panelRow, rows);
            }
        }
    }

    /** Transposes rows of the matrix into (dim, PANEL_ROWS), so that lanes are rows and no sum crosses lanes. */
    private static void pack(float[] matrix, int from, int dim, float[] panel) {
        for (int row = 0; row < PANEL_ROWS; row++) {
            for (int k = 0; k < dim; k++) {
                panel[k * PANEL_ROWS + row] = matrix[from + row * dim + k];
            }
        }
    }

    /** Four queries against a panel: eight sums stay in registers, each vector of the panel is read once for four queries. */
    private static void tile(float[] queries, int q0, float[] panel, int dim, float[] out, int outFrom, int outStride) {
        int q1 = q0 + dim;
        int q2 = q1 + dim;
        int q3 = q2 + dim;
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        FloatVector s20 = FloatVector.zero(SPECIES);
        FloatVector s21 = FloatVector.zero(SPECIES);
        FloatVector s30 = FloatVector.zero(SPECIES);
        FloatVector s31 = FloatVector.zero(SPECIES);
        for (int k = 0; k < dim; k++) {
            FloatVector m0 = FloatVector.fromArray(SPECIES, panel, k * PANEL_ROWS);
            FloatVector m1 = FloatVector.fromArray(SPECIES, panel, k * PANEL_ROWS + LANES);
            FloatVector query0 = FloatVector.broadcast(SPECIES, queries[q0 + k]);
            s00 = query0.fma(m0, s00);
            s01 = query0.fma(m1, s01);
            FloatVector query1 = FloatVector.broadcast(SPECIES, queries[q1 + k]);
            s10 = query1.fma(m0, s10);
            s11 = query1.fma(m1, s11);
            FloatVector query2 = FloatVector.broadcast(SPECIES, queries[q2 + k]);
            s20 = query2.fma(m0, s20);
            s21 = query2.fma(m1, s21);
            FloatVector query3 = FloatVector.broadcast(SPECIES, queries[q3 + k]);
            s30 = query3.fma(m0, s30);
            s31 = query3.fma(m1, s31);
        }
        int o1 = outFrom + outStride;
        int o2 = o1 + outStride;
        int o3 = o2 + outStride;
        s00.intoArray(out, outFrom);
        s01.intoArray(out, outFrom + LANES);
        s10.intoArray(out, o1);
        s11.intoArray(out, o1 + LANES);
        s20.intoArray(out, o2);
        s21.intoArray(out, o2 + LANES);
        s30.intoArray(out, o3);
        s31.intoArray(out, o3 + LANES);
    }

    /** Two codes are multiplied at once: the high one is then known by itself, and what is too much in the low one by it. */
    @Override
    public long reaching(CodedRows rows, int group, CodedQuery query, float threshold, float[] scores) {
        int dim = rows.dim();
        byte[] codes = rows.codes();
        short[] factors = query.codes();
        for (int m = 0; m < CodeGroups.QUARTER; m += LANES) {
            int at = group * dim * CodeGroups.ROWS + 4 * m;
            IntVector sum0 = IntVector.zero(INTS); // the rows from m
            IntVector sum1 = IntVector.zero(INTS); // those from m + 16, and so on
            IntVector sum2 = IntVector.zero(INTS);
            IntVector sum3 = IntVector.zero(INTS);
            for (int d = 0; d < dim; ) {
                ShortVector low = ShortVector.broadcast(SHORTS, query.start()[d / CodedQuery.BLOCK]);
                ShortVector high = ShortVector.zero(SHORTS);
                for (int end = Math.min(d + CodedQuery.BLOCK, dim); d < end; d++) {
                    ShortVector pairs = ByteVector.fromArray(BYTES, codes, at + d * CodeGroups.ROWS)
                            .reinterpretAsShorts();
                    ShortVector factor = ShortVector.broadcast(SHORTS, factors[d]);
                    low = low.add(pairs.mul(factor));
                    high = high.add(pairs.lanewise(VectorOperators.ASHR, 8).mul(factor));
                }
                IntVector lows = low.sub(high.lanewise(VectorOperators.LSHL, 8)).reinterpretAsInts();
                IntVector highs = high.reinterpretAsInts();
                sum0 = sum0.add(lows.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16));
                sum1 = sum1.add(highs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16));
                sum2 = sum2.add(lows.lanewise(VectorOperators.ASHR, 16));
                sum3 = sum3.add(highs.lanewise(VectorOperators.ASHR, 16));
            }
            toFloats(sum0).intoArray(scores, m);
            toFloats(sum1).intoArray(scores, m + CodeGroups.QUARTER);
            toFloats(sum2).intoArray(scores, m + 2 * CodeGroups.QUARTER);
            toFloats(sum3).intoArray(scores, m + 3 * CodeGroups.QUARTER);
        }
        float[] offset = rows.offset();
        for (int n = 0; n < CodeGroups.ROWS; n += LANES) {
            int row = group * CodeGroups.ROWS + n;
            FloatVector product = FloatVector.fromArray(SPECIES, scores, n).mul(query.step());
            FloatVector scale = FloatVector.fromArray(SPECIES, rows.scale(), row);
            FloatVector score = offset == null
                    ? product.mul(scale)
                    : product.fma(scale, FloatVector.fromArray(SPECIES, offset, row));
            score.intoArray(scores, n);
        }
        return reaching(scores, threshold);
    }

    @Override
    public long reaching(float[] scores, float threshold) {
        long reaching = 0;
        for (int n = 0; n < CodeGroups.ROWS; n += LANES) {
            long below = FloatVector.fromArray(SPECIES, scores, n)
                    .compare(VectorOperators.LT, threshold)
                    .toLong();
            reaching |= (~below & ALL_LANES) << n; // the mask's own complement would be an object
        }
        return reaching;
    }

    private static FloatVector toFloats(IntVector sums) {
        return (FloatVector) sums.convert(VectorOperators.I2F, 0);
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
        new PanamaProduct(m, n, k, a, transposedA, b, transposedB, c).run(from, to, add);
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
        float sum = sum(sum0.add(sum1));
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
            u.fma(keepUser, i.sub(j).mul(stepUser)).intoArray(users, user + k);
            i.fma(keepPositive, u.mul(stepPositive)).intoArray(items, positive + k);
            j.fma(keepNegative, u.mul(stepNegative)).intoArray(items, negative + k);
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
        FloatVector keepM = FloatVector.broadcast(SPECIES, beta1);
        FloatVector addM = FloatVector.broadcast(SPECIES, 1 - beta1);
        FloatVector keepV = FloatVector.broadcast(SPECIES, beta2);
        FloatVector addV = FloatVector.broadcast(SPECIES, 1 - beta2);
        int k = 0;
        for (int end = length - LANES; k <= end; k += LANES) {
            FloatVector g = FloatVector.fromArray(SPECIES, gradient, gradientFrom + k);
            FloatVector m =
                    keepM.mul(FloatVector.fromArray(SPECIES, first, from + k)).add(addM.mul(g));
            FloatVector v = keepV.mul(FloatVector.fromArray(SPECIES, second, from + k))
                    .add(addV.mul(g).mul(g));
            m.intoArray(first, from + k);
            v.intoArray(second, from + k);
            FloatVector step = m.mul(stepSize).div(v.mul(correction).sqrt().add(epsilon));
            FloatVector.fromArray(SPECIES, values, from + k).sub(step).intoArray(values, from + k);
        }
        for (; k < length; k++) {
            float g = gradient[gradientFrom + k];
            float m = beta1 * first[from + k] + (1 - beta1) * g;
            float v = beta2 * second[from + k] + (1 - beta2) * g * g;
            first[from + k] = m;
            second[from + k] = v;
            values[from + k] -= stepSize * m / ((float) Math.sqrt(v * correction) + epsilon);
        }
    }
}
