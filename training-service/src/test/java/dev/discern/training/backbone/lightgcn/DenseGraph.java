package dev.discern.training.backbone.lightgcn;

import dev.discern.common.data.InteractionMatrix;

/** The obvious version of the propagation: a dense matrix, its powers one by one, in doubles. */
public final class DenseGraph {

    private DenseGraph() {}

    /** {@code D^-½ R D^-½} of users and then items, (nodes, nodes). */
    public static double[][] of(InteractionMatrix interactions) {
        int users = interactions.users();
        double[][] a = new double[users + interactions.items()][users + interactions.items()];
        int[] degree = interactions.columnCounts();
        for (int user = 0; user < users; user++) {
            for (int item : interactions.row(user)) {
                a[user][users + item] = 1 / Math.sqrt((double) interactions.length(user) * degree[item]);
                a[users + item][user] = a[user][users + item];
            }
        }
        return a;
    }

    /** {@code (I + A + … + A^layers) E / (layers + 1)}, (nodes, dim). */
    public static double[][] mean(double[][] a, int layers, float[] embeddings, int dim) {
        double[][] power = new double[a.length][dim];
        double[][] sum = new double[a.length][dim];
        for (int k = 0; k < embeddings.length; k++) {
            power[k / dim][k % dim] = embeddings[k];
            sum[k / dim][k % dim] = embeddings[k];
        }
        for (int layer = 1; layer <= layers; layer++) {
            double[][] next = new double[a.length][dim];
            for (int n = 0; n < a.length; n++) {
                for (int m = 0; m < a.length; m++) {
                    for (int d = 0; d < dim; d++) {
                        next[n][d] += a[n][m] * power[m][d];
                    }
                }
                for (int d = 0; d < dim; d++) {
                    sum[n][d] += next[n][d];
                }
            }
            power = next;
        }
        for (double[] row : sum) {
            for (int d = 0; d < dim; d++) {
                row[d] /= layers + 1;
            }
        }
        return sum;
    }
}
