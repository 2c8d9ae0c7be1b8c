package dev.discern.training.backbone;

import dev.discern.common.random.Seeds;
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

    /** The live tables as a model that scores. */
    public DotProductModel tables() {
        return new DotProductModel(dim, userTable, itemTable, itemBias);
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
