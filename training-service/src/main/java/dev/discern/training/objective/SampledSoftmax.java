package dev.discern.training.objective;

import dev.discern.common.vector.VectorKernels;

/**
 * The softmax cross-entropy of finding each row's target among the batch's candidates, as an estimate of that over the whole
 * catalogue (Bengio and Senécal, 2008; for two towers Yi et al., RecSys 2019):
 *
 * <pre>
 *   L = mean over rows r of  −log softmax_c( s_rc − log Q_c )[r]
 * </pre>
 *
 * with {@code Q_c} how often candidate c is expected in a batch. Candidate r is the target of row r; the same item elsewhere in
 * the batch does not count for that row.
 */
public final class SampledSoftmax {

    private final float[] logExpected; // (items) log Q
    private final float scale;

    /**
     * The loss.
     *
     * @param logExpected (items) {@code log Q}
     * @param scale what the given products are multiplied by to make scores
     */
    public SampledSoftmax(float[] logExpected, float scale) {
        this.logExpected = logExpected.clone();
        this.scale = scale;
    }

    /**
     * Turns products into the gradient of the mean loss by them, in place; returns that loss, in nats.
     *
     * @param products (rows, columns)
     * @param candidates (columns) item indices, those of the rows' targets first
     * @param kernels share out the rows
     */
    public double gradient(float[] products, int rows, int columns, int[] candidates, VectorKernels kernels) {
        double[] losses = new double[rows];
        kernels.forRows(rows, (from, to) -> {
            for (int r = from; r < to; r++) {
                losses[r] = row(products, r, rows, columns, candidates);
            }
        });
        double loss = 0; // summed in order, whichever thread was first
        for (double of : losses) {
            loss += of;
        }
        return loss / rows;
    }

    private double row(float[] products, int r, int rows, int columns, int[] candidates) {
        int at = r * columns;
        int target = candidates[r];
        float max = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < columns; c++) {
            float score = products[at + c] * scale - logExpected[candidates[c]];
            if (candidates[c] == target && c != r) {
                score = Float.NEGATIVE_INFINITY;
            }
            products[at + c] = score;
            max = Math.max(max, score);
        }
        float own = products[at + r] - max;
        double sum = 0;
        for (int c = 0; c < columns; c++) {
            float e = (float) Math.exp(products[at + c] - max);
            products[at + c] = e;
            sum += e;
        }
        float factor = (float) (scale / (sum * rows));
        for (int c = 0; c < columns; c++) {
            products[at + c] *= factor;
        }
        products[at + r] -= scale / rows;
        return Math.log(sum) - own;
    }
}
