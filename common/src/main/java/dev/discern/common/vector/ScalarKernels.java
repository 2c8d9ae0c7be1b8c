package dev.discern.common.vector;

/** The obvious version of every kernel: the reference that the fast ones are tested and measured against. */
public final class ScalarKernels implements VectorKernels {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
        float sum = 0;
        for (int k = 0; k < length; k++) {
            sum += a[aFrom + k] * b[bFrom + k];
        }
        return sum;
    }

    @Override
    public void axpy(float alpha, float[] x, int xFrom, float[] y, int yFrom, int length) {
        for (int k = 0; k < length; k++) {
            y[yFrom + k] += alpha * x[xFrom + k];
        }
    }

    @Override
    public void scores(
            float[] query, int queryFrom, float[] matrix, int firstRow, int rows, int dim, float[] out, int outFrom) {
        for (int row = 0; row < rows; row++) {
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
        for (int query = 0; query < queryCount; query++) {
            scores(queries, (firstQuery + query) * dim, matrix, firstRow, rows, dim, out, query * rows);
        }
    }

    @Override
    public long reaching(CodedRows rows, int group, CodedQuery query, float threshold, float[] scores) {
        float[] offset = rows.offset();
        for (int n = 0; n < CodeGroups.ROWS; n++) {
            int row = group * CodeGroups.ROWS + n;
            int sum = 0;
            for (int d = 0; d < rows.dim(); d++) {
                sum += query.codes()[d] * rows.code(row, d);
            }
            float product = query.step() * sum;
            scores[n] =
                    offset == null ? rows.scale()[row] * product : Math.fma(rows.scale()[row], product, offset[row]);
        }
        return reaching(scores, threshold);
    }

    @Override
    public long reaching(float[] scores, float threshold) {
        long reaching = 0;
        for (int n = 0; n < CodeGroups.ROWS; n++) {
            if (!(scores[n] < threshold)) {
                reaching |= 1L << n;
            }
        }
        return reaching;
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
        for (int row = from; row < to; row++) {
            for (int column = 0; column < n; column++) {
                float sum = add ? c[row * n + column] : 0;
                for (int p = 0; p < k; p++) {
                    sum += a[transposedA ? p * m + row : row * k + p]
                            * b[transposedB ? column * k + p : p * n + column];
                }
                c[row * n + column] = sum;
            }
        }
    }

    @Override
    public float pairDifference(float[] users, int user, float[] items, int positive, int negative, int dim) {
        float sum = 0;
        for (int k = 0; k < dim; k++) {
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
        for (int k = 0; k < dim; k++) {
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
        for (int k = 0; k < length; k++) {
            float g = gradient[gradientFrom + k];
            float m = beta1 * first[from + k] + (1 - beta1) * g;
            float v = beta2 * second[from + k] + (1 - beta2) * g * g;
            first[from + k] = m;
            second[from + k] = v;
            values[from + k] -= stepSize * m / ((float) Math.sqrt(v * correction) + epsilon);
        }
    }
}
