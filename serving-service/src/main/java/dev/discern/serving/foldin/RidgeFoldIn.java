package dev.discern.serving.foldin;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.vector.Cholesky;
import dev.discern.common.vector.VectorKernels;

/**
 * Makes a user vector from a few items by ridge regression on the item table, the user's half-step of implicit ALS (Hu, Koren and
 * Volinsky 2008): with item vectors {@code q_i}, the session's items {@code S} and all items {@code I}
 *
 * <pre>  u = argmin Σ_{i∈S} (1 − u·q_i)² + w Σ_{i∈I} (u·q_i)² + ridge ‖u‖²  =  (Σ_S q qᵀ + w Σ_I q qᵀ + ridge · 1)⁻¹ Σ_S q</pre>
 *
 * The length of {@code u} means nothing in that problem, but beside an item bias it does: u gets the length of a typical trained user.
 * The order of the items makes no difference.
 */
public final class RidgeFoldIn implements FoldIn {

    /** The weight of "did not touch" against "touched"; the sum over all items is scaled to one item. */
    private static final double UNTOUCHED_WEIGHT = 1.0;

    private static final double RIDGE_SHARE = 0.1;

    private final EmbeddingTable items;
    private final double[][] base; // (dim, dim): the part of the normal equations that every session shares
    private final double length;

    /**
     * Prepares the part that does not depend on the session.
     *
     * @param users (users, dim), for the typical length
     * @param items (items, dim)
     */
    public RidgeFoldIn(VectorKernels kernels, EmbeddingTable users, EmbeddingTable items) {
        this.items = items;
        this.length = meanLength(kernels, users);
        this.base = base(items);
    }

    @Override
    public float[] vector(int[] session) {
        if (session.length == 0) {
            throw new IllegalArgumentException("a session needs at least one item");
        }
        int dim = items.dim();
        double[][] normal = new double[dim][];
        for (int row = 0; row < dim; row++) {
            normal[row] = base[row].clone();
        }
        double[] right = new double[dim];
        for (int item : session) {
            addOuterProduct(normal, item, 1);
            for (int k = 0; k < dim; k++) {
                right[k] += items.values()[item * dim + k];
            }
        }
        double[] solution = Cholesky.solve(normal, right);
        double norm = 0;
        for (double value : solution) {
            norm += value * value;
        }
        double scale = norm == 0 ? 0 : length / Math.sqrt(norm);
        float[] vector = new float[dim];
        for (int k = 0; k < dim; k++) {
            vector[k] = (float) (solution[k] * scale);
        }
        return vector;
    }

    private double[][] base(EmbeddingTable table) {
        int dim = table.dim();
        double[][] gram = new double[dim][dim];
        double weight = UNTOUCHED_WEIGHT / Math.max(1, table.rows());
        for (int item = 0; item < table.rows(); item++) {
            addOuterProduct(gram, item, weight);
        }
        double trace = 0;
        for (int k = 0; k < dim; k++) {
            trace += gram[k][k];
        }
        double ridge = Math.max(RIDGE_SHARE * trace / dim, Float.MIN_NORMAL);
        for (int k = 0; k < dim; k++) {
            gram[k][k] += ridge;
        }
        return gram;
    }

    /** Lower triangle only. */
    private void addOuterProduct(double[][] matrix, int item, double weight) {
        int from = item * items.dim();
        for (int row = 0; row < matrix.length; row++) {
            double left = weight * items.values()[from + row];
            for (int column = 0; column <= row; column++) {
                matrix[row][column] += left * items.values()[from + column];
            }
        }
    }

    private static double meanLength(VectorKernels kernels, EmbeddingTable users) {
        double sum = 0;
        for (int user = 0; user < users.rows(); user++) {
            int from = user * users.dim();
            sum += Math.sqrt(kernels.dot(users.values(), from, users.values(), from, users.dim()));
        }
        return users.rows() == 0 ? 1 : sum / users.rows();
    }
}
