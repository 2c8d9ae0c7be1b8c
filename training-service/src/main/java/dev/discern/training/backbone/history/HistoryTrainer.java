package dev.discern.training.backbone.history;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.VectorKernels;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Proto. */
public final class HistoryTrainer {

    /** How. */
    public record Settings(
            int batch,
            int negatives,
            int epochs,
            float rate,
            float epsilon,
            float finalRate,
            float itemDropout,
            float historyDropout) {}

    private final HistoryModel model;
    private final InteractionMatrix train;
    private final Settings settings;
    private final Seeds seeds;
    private final VectorKernels kernels;
    private final int[] example; // positions of columns() that are targets
    private final float[] logExpected; // (items)
    private final Adam item;
    private final Adam context;
    private final Adam itemText;
    private final Adam contextText;
    private final Adam weight;
    private final Adam contentWeight;
    private final Adam gain;
    private final int[] rowOf;
    private long step;
    private long steps;

    public HistoryTrainer(HistoryModel model, InteractionMatrix train, Settings settings, Seeds seeds, VectorKernels kernels) {
        this.model = model;
        this.train = train;
        this.settings = settings;
        this.seeds = seeds;
        this.kernels = kernels;
        int[] at = new int[train.columns().length];
        rowOf = new int[train.columns().length];
        int count = 0;
        int[] popularity = new int[model.items()];
        for (int user = 0; user < train.users(); user++) {
            for (int k = train.rowStart()[user]; k < train.rowStart()[user + 1]; k++) {
                rowOf[k] = user;
                if (k > train.rowStart()[user]) {
                    at[count++] = k;
                    popularity[train.columns()[k]]++;
                }
            }
        }
        example = Arrays.copyOf(at, count);
        logExpected = new float[model.items()];
        for (int i = 0; i < model.items(); i++) {
            logExpected[i] = (float) Math.log((double) settings.negatives() / model.items()
                    + (double) settings.batch() * popularity[i] / count);
        }
        int dim = model.dim();
        item = new Adam(model.item, dim);
        context = new Adam(model.context, dim);
        itemText = new Adam(model.itemText, dim * dim);
        contextText = new Adam(model.contextText, dim * dim);
        weight = new Adam(model.weight, HistoryModel.HISTORY);
        contentWeight = new Adam(model.contentWeight, HistoryModel.HISTORY);
        gain = new Adam(model.contentGain, 1);
        steps = (long) settings.epochs() * (example.length / settings.batch());
    }

    public double epoch(int epoch) {
        SplittableRandom random = seeds.random("epoch-" + epoch);
        int[] order = example.clone();
        for (int k = order.length - 1; k > 0; k--) {
            int j = random.nextInt(k + 1);
            int t = order[k];
            order[k] = order[j];
            order[j] = t;
        }
        double loss = 0;
        int batches = order.length / settings.batch();
        for (int b = 0; b < batches; b++) {
            loss += batch(order, b * settings.batch(), random);
        }
        return loss / batches;
    }

    private double batch(int[] order, int from, SplittableRandom random) {
        int dim = model.dim();
        int narrow = model.text().narrowDim();
        int rows = settings.batch();
        int columns = rows + settings.negatives();
        float[] t = model.text().wide();
        float[] p = model.text().narrow();
        int[] train = this.train.columns();
        // candidates
        int[] candidate = new int[columns];
        boolean[] dropped = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            candidate[c] = c < rows ? train[order[from + c]] : random.nextInt(model.items());
            dropped[c] = random.nextDouble() < settings.itemDropout();
        }
        float[] wide = new float[columns * dim];
        float[] v2 = new float[columns * narrow];
        float[] a = new float[columns * dim];
        for (int c = 0; c < columns; c++) {
            System.arraycopy(t, candidate[c] * dim, wide, c * dim, dim);
            System.arraycopy(p, candidate[c] * narrow, v2, c * narrow, narrow);
            if (!dropped[c]) {
                System.arraycopy(model.item, candidate[c] * dim, a, c * dim, dim);
            }
        }
        kernels.multiply(columns, dim, dim, wide, false, model.itemText, false, a, true);
        float[] normA = normalize(a, columns, dim);
        // users
        int[] length = new int[rows];
        int[] history = new int[rows * HistoryModel.HISTORY];
        int[] place = new int[rows * HistoryModel.HISTORY];
        float[] b = new float[rows * dim];
        float[] tsum = new float[rows * dim];
        float[] u2 = new float[rows * narrow];
        for (int r = 0; r < rows; r++) {
            int at = order[from + r];
            int start = this.train.rowStart()[rowOf[at]];
            for (int k = 0; k < HistoryModel.HISTORY && at - 1 - k >= start; k++) {
                if (random.nextDouble() >= settings.historyDropout() || (at - 1 - k == start && length[r] == 0)) {
                    int h = train[at - 1 - k];
                    history[r * HistoryModel.HISTORY + length[r]] = h;
                    place[r * HistoryModel.HISTORY + length[r]++] = k;
                    kernels.axpy(model.weight[k], model.context, h * dim, b, r * dim, dim);
                    kernels.axpy(model.weight[k], t, h * dim, tsum, r * dim, dim);
                    kernels.axpy(model.contentWeight[k], p, h * narrow, u2, r * narrow, narrow);
                }
            }
        }
        kernels.multiply(rows, dim, dim, tsum, false, model.contextText, false, b, true);
        float[] normB = normalize(b, rows, dim);
        float[] normU2 = normalize(u2, rows, narrow);
        float g = model.contentGain[0];
        float[] gu2 = u2.clone();
        for (int k = 0; k < gu2.length; k++) {
            gu2[k] *= g;
        }
        // scores
        float[] s = new float[rows * columns];
        kernels.multiply(rows, columns, dim, b, false, a, true, s, false);
        kernels.multiply(rows, columns, narrow, gu2, false, v2, true, s, true);
        double loss = softmax(s, rows, columns, candidate);
        // backward
        float[] db = new float[rows * dim];
        kernels.multiply(rows, dim, columns, s, false, a, false, db, false);
        float[] dgu2 = new float[rows * narrow];
        kernels.multiply(rows, narrow, columns, s, false, v2, false, dgu2, false);
        float[] da = new float[columns * dim];
        kernels.multiply(columns, dim, rows, s, true, b, false, da, false);
        denormalize(da, a, normA, columns, dim);
        denormalize(db, b, normB, rows, dim);
        float[] dItemText = new float[dim * dim];
        kernels.multiply(dim, dim, columns, wide, true, da, false, dItemText, false);
        float[] dContextText = new float[dim * dim];
        kernels.multiply(dim, dim, rows, tsum, true, db, false, dContextText, false);
        float[] dtsum = new float[rows * dim];
        kernels.multiply(rows, dim, dim, db, false, model.contextText, true, dtsum, false);
        float[] dgain = {0};
        for (int r = 0; r < rows; r++) {
            dgain[0] += kernels.dot(dgu2, r * narrow, u2, r * narrow, narrow);
        }
        for (int k = 0; k < dgu2.length; k++) {
            dgu2[k] *= g;
        }
        denormalize(dgu2, u2, normU2, rows, narrow);
        float[] dweight = new float[HistoryModel.HISTORY];
        float[] dcontent = new float[HistoryModel.HISTORY];
        for (int r = 0; r < rows; r++) {
            for (int n = 0; n < length[r]; n++) {
                int h = history[r * HistoryModel.HISTORY + n];
                int k = place[r * HistoryModel.HISTORY + n];
                dweight[k] += kernels.dot(db, r * dim, model.context, h * dim, dim)
                        + kernels.dot(dtsum, r * dim, t, h * dim, dim);
                dcontent[k] += kernels.dot(dgu2, r * narrow, p, h * narrow, narrow);
                context.add(h, model.weight[k], db, r * dim);
            }
        }
        for (int c = 0; c < columns; c++) {
            if (!dropped[c]) {
                item.add(candidate[c], 1, da, c * dim);
            }
        }
        step++;
        float rate = (float) (settings.rate() * (1 - (1 - settings.finalRate()) * (double) step / steps));
        itemText.dense(dItemText, rate);
        contextText.dense(dContextText, rate);
        weight.dense(dweight, rate);
        contentWeight.dense(dcontent, rate);
        gain.dense(dgain, rate);
        item.apply(rate);
        context.apply(rate);
        return loss;
    }

    /** Turns scores into the gradient of the mean loss by them; returns that loss. */
    private double softmax(float[] s, int rows, int columns, int[] candidate) {
        double loss = 0;
        float inverse = 1 / HistoryModel.TEMPERATURE;
        for (int r = 0; r < rows; r++) {
            int at = r * columns;
            int target = candidate[r];
            float max = Float.NEGATIVE_INFINITY;
            for (int c = 0; c < columns; c++) {
                if (candidate[c] == target && c != r) {
                    s[at + c] = Float.NEGATIVE_INFINITY;
                } else {
                    s[at + c] = s[at + c] * inverse - logExpected[candidate[c]];
                    max = Math.max(max, s[at + c]);
                }
            }
            double sum = 0;
            float own = s[at + r] - max;
            for (int c = 0; c < columns; c++) {
                float e = (float) Math.exp(s[at + c] - max);
                s[at + c] = e;
                sum += e;
            }
            loss += Math.log(sum) - own;
            float scale = (float) (inverse / (sum * rows));
            for (int c = 0; c < columns; c++) {
                s[at + c] *= scale;
            }
            s[at + r] -= inverse / rows;
        }
        return loss / rows;
    }

    private float[] normalize(float[] x, int rows, int dim) {
        float[] norm = new float[rows];
        for (int r = 0; r < rows; r++) {
            norm[r] = HistoryModel.norm(x, r * dim, dim, kernels);
            float scale = 1 / norm[r];
            for (int d = 0; d < dim; d++) {
                x[r * dim + d] *= scale;
            }
        }
        return norm;
    }

    private void denormalize(float[] dx, float[] unit, float[] norm, int rows, int dim) {
        for (int r = 0; r < rows; r++) {
            float along = kernels.dot(dx, r * dim, unit, r * dim, dim);
            float scale = 1 / norm[r];
            for (int d = 0; d < dim; d++) {
                dx[r * dim + d] = (dx[r * dim + d] - along * unit[r * dim + d]) * scale;
            }
        }
    }

    private final class Adam {
        private final float[] values;
        private final float[] first;
        private final float[] second;
        private final int dim;
        private final float[] gradient;
        private final int[] touched;
        private final boolean[] isTouched;
        private int count;
        private long time;

        Adam(float[] values, int dim) {
            this.values = values;
            this.dim = dim;
            first = new float[values.length];
            second = new float[values.length];
            gradient = new float[values.length];
            touched = new int[values.length / dim];
            isTouched = new boolean[values.length / dim];
        }

        void add(int row, float scale, float[] from, int at) {
            if (!isTouched[row]) {
                isTouched[row] = true;
                touched[count++] = row;
            }
            kernels.axpy(scale, from, at, gradient, row * dim, dim);
        }

        void dense(float[] g, float rate) {
            System.arraycopy(g, 0, gradient, 0, g.length);
            touched[0] = 0;
            count = values.length / dim;
            for (int k = 0; k < count; k++) {
                touched[k] = k;
            }
            apply(rate);
        }

        void apply(float rate) {
            time++;
            float c1 = (float) (1 - Math.pow(0.9, time));
            float c2 = (float) (1 - Math.pow(0.999, time));
            float stepSize = rate / c1;
            float scale2 = 1 / c2;
            for (int n = 0; n < count; n++) {
                int at = touched[n] * dim;
                isTouched[touched[n]] = false;
                for (int k = at; k < at + dim; k++) {
                    float g = gradient[k];
                    gradient[k] = 0;
                    first[k] = 0.9f * first[k] + 0.1f * g;
                    second[k] = 0.999f * second[k] + 0.001f * g * g;
                    values[k] -= stepSize * first[k] / ((float) Math.sqrt(second[k] * scale2) + settings.epsilon());
                }
            }
            count = 0;
        }
    }
}
