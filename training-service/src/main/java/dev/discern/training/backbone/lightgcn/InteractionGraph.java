package dev.discern.training.backbone.lightgcn;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.vector.VectorKernels;

/**
 * The graph of users and items with an edge for each interaction, as compressed sparse rows of its symmetrically normalized
 * adjacency
 *
 * <pre>
 *   A = D^-½ R D^-½     A[u, i] = A[i, u] = 1 / √( degree(u) · degree(i) )
 * </pre>
 *
 * Its nodes are the users, then the items. A node without an interaction has an empty row.
 */
public final class InteractionGraph {

    private final int users;
    private final int[] rowStart; // (nodes + 1)
    private final int[] neighbour; // (2 edges)
    private final float[] weight; // (2 edges)

    private InteractionGraph(int users, int[] rowStart, int[] neighbour, float[] weight) {
        this.users = users;
        this.rowStart = rowStart;
        this.neighbour = neighbour;
        this.weight = weight;
    }

    /** The graph of these interactions. */
    public static InteractionGraph of(InteractionMatrix interactions) {
        int users = interactions.users();
        int[] columns = interactions.columns();
        int[] count = interactions.columnCounts();
        int nodes = Math.addExact(users, interactions.items());
        int[] rowStart = new int[nodes + 1];
        System.arraycopy(interactions.rowStart(), 0, rowStart, 0, users + 1);
        for (int item = 0; item < count.length; item++) {
            rowStart[users + item + 1] = Math.addExact(rowStart[users + item], count[item]);
        }
        int[] neighbour = new int[rowStart[nodes]];
        float[] weight = new float[rowStart[nodes]];
        int[] next = new int[count.length]; // where the item's next user goes, from the start of its row
        for (int user = 0; user < users; user++) {
            for (int at = rowStart[user]; at < rowStart[user + 1]; at++) {
                int item = columns[at];
                int back = rowStart[users + item] + next[item]++;
                float normalized = (float) (1 / Math.sqrt((double) interactions.length(user) * count[item]));
                neighbour[at] = users + item;
                neighbour[back] = user;
                weight[at] = normalized;
                weight[back] = normalized;
            }
        }
        return new InteractionGraph(users, rowStart, neighbour, weight);
    }

    public int nodes() {
        return rowStart.length - 1;
    }

    /** The node of an item; that of a user is the user's index. */
    public int node(int item) {
        return users + item;
    }

    int users() {
        return users;
    }

    /**
     * {@code into = scale · (x + A y)}.
     *
     * @param x (nodes, dim)
     * @param y (nodes, dim)
     * @param into (nodes, dim), neither {@code x} nor {@code y}
     */
    void spread(float[] x, float[] y, float scale, float[] into, int dim, VectorKernels kernels) {
        System.arraycopy(x, 0, into, 0, x.length);
        for (int node = 0; node < nodes(); node++) {
            int row = node * dim;
            for (int at = rowStart[node]; at < rowStart[node + 1]; at++) {
                kernels.axpy(weight[at], y, neighbour[at] * dim, into, row, dim);
            }
            if (scale != 1) {
                for (int k = row; k < row + dim; k++) {
                    into[k] *= scale;
                }
            }
        }
    }
}
