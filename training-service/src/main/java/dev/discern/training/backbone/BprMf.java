package dev.discern.training.backbone;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.VectorKernels;
import java.util.SplittableRandom;

/**
 * Matrix factorization with item biases, {@code s(u, i) = p_u · q_i + b_i}, to be trained by pairwise ranking (Rendle et al., BPR:
 * Bayesian Personalized Ranking from Implicit Feedback, UAI 2009). The tables are open to the trainer's kernels.
 */
public final class BprMf {

    private static final double INITIAL_SCALE = 0.1;

    private final int users;
    private final int items;
    private final int dim;
    private final float[] userTable; // (users, dim)
    private final float[] itemTable; // (items, dim)
    private final float[] itemBias; // (items)

    private BprMf(int users, int items, int dim) {
        this.users = users;
        this.items = items;
        this.dim = dim;
        this.userTable = new float[Math.multiplyExact(users, dim)];
        this.itemTable = new float[Math.multiplyExact(items, dim)];
        this.itemBias = new float[items];
    }

    /** A model of normal random vectors whose lengths are about 0.1, and of zero biases. */
    public static BprMf random(int users, int items, int dim, Seeds seeds) {
        BprMf model = new BprMf(users, items, dim);
        fill(model.userTable, dim, seeds.random("users"));
        fill(model.itemTable, dim, seeds.random("items"));
        return model;
    }

    private static void fill(float[] table, int dim, SplittableRandom random) {
        for (int k = 0; k < table.length; k++) {
            table[k] = (float) (random.nextGaussian() * INITIAL_SCALE / Math.sqrt(dim));
        }
    }

    /** A copy that shares nothing. */
    public BprMf copy() {
        BprMf copy = new BprMf(users, items, dim);
        copy.set(this);
        return copy;
    }

    /** Takes over the values of a model of the same shape. */
    public void set(BprMf other) {
        System.arraycopy(other.userTable, 0, userTable, 0, userTable.length);
        System.arraycopy(other.itemTable, 0, itemTable, 0, itemTable.length);
        System.arraycopy(other.itemBias, 0, itemBias, 0, itemBias.length);
    }

    public float score(int userIdx, int itemIdx, VectorKernels kernels) {
        return kernels.dot(userTable, userIdx * dim, itemTable, itemIdx * dim, dim) + itemBias[itemIdx];
    }

    /** {@code s(u, i) − s(u, j)}. */
    public float difference(int userIdx, int i, int j, VectorKernels kernels) {
        return kernels.pairDifference(userTable, userIdx * dim, itemTable, i * dim, j * dim, dim)
                + itemBias[i]
                - itemBias[j];
    }

    /**
     * How unsure the model is of a user and an item: the entropy of {@code σ(s(u, i))} in bits, in [0, 1]; 1 when it does not know
     * at all.
     */
    public float uncertainty(int userIdx, int itemIdx, VectorKernels kernels) {
        double p = 1 / (1 + Math.exp(-score(userIdx, itemIdx, kernels)));
        return p <= 0 || p >= 1 ? 0 : (float) (-(p * Math.log(p) + (1 - p) * Math.log1p(-p)) / Math.log(2));
    }

    public boolean isFinite() {
        return isFinite(userTable) && isFinite(itemTable) && isFinite(itemBias);
    }

    private static boolean isFinite(float[] table) {
        float sum = 0;
        for (float value : table) {
            sum += value * 0; // 0 for every finite value, NaN for the others
        }
        return sum == 0;
    }

    public int users() {
        return users;
    }

    public int items() {
        return items;
    }

    public int dim() {
        return dim;
    }

    /** The live user table, (users, dim). */
    public float[] userTable() {
        return userTable;
    }

    /** The live item table, (items, dim). */
    public float[] itemTable() {
        return itemTable;
    }

    /** The live item biases, (items). */
    public float[] itemBias() {
        return itemBias;
    }
}
