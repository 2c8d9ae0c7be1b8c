package dev.discern.training.backbone.lightgcn;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.DotProductModel;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * LightGCN (He et al., LightGCN: Simplifying and Powering Graph Convolution Network for Recommendation, SIGIR 2020): an embedding
 * of each user and item, and as its vector the mean of what reaches it from up to L steps away,
 *
 * <pre>
 *   V = P E     P = ( I + A + A² + … + A^L ) / (L + 1)     s(u, i) = V[u] · V[i]
 * </pre>
 *
 * with A the normalized adjacency of the {@link InteractionGraph}. A is symmetric, and so is P: the gradient by E is P times the
 * gradient by V.
 */
public final class LightGcn {

    private static final double INITIAL_DEVIATION = 0.1;

    private final InteractionGraph graph;
    private final int dim;
    private final int layers;
    private final float[] embeddings; // (nodes, dim) E
    private final float[] scratch; // (nodes, dim)

    private LightGcn(InteractionGraph graph, int dim, int layers) {
        this.graph = graph;
        this.dim = dim;
        this.layers = layers;
        this.embeddings = new float[Math.multiplyExact(graph.nodes(), dim)];
        this.scratch = new float[embeddings.length];
    }

    /**
     * A model of normal random embeddings of deviation 0.1.
     *
     * @param layers L, at least 1
     */
    public static LightGcn random(InteractionGraph graph, int dim, int layers, Seeds seeds) {
        if (layers < 1) {
            throw new IllegalArgumentException("there must be at least one layer, not " + layers);
        }
        LightGcn model = new LightGcn(graph, dim, layers);
        SplittableRandom random = seeds.random("embeddings");
        for (int k = 0; k < model.embeddings.length; k++) {
            model.embeddings[k] = (float) (random.nextGaussian() * INITIAL_DEVIATION);
        }
        return model;
    }

    /**
     * {@code into = P x}, by Horner's rule: L products with A and no more than one table beside the result.
     *
     * @param x (nodes, dim)
     * @param into (nodes, dim), not {@code x}
     */
    public void propagate(float[] x, float[] into, VectorKernels kernels) {
        float[] from = x;
        for (int layer = layers; layer > 0; layer--) {
            float[] to = layer % 2 == 1 ? into : scratch; // the last is into
            graph.spread(x, from, layer == 1 ? 1f / (layers + 1) : 1, to, dim, kernels);
            from = to;
        }
    }

    /** The model that scores by its present vectors, without biases. */
    public DotProductModel vectors(VectorKernels kernels) {
        float[] vectors = new float[embeddings.length];
        propagate(embeddings, vectors, kernels);
        int items = graph.users() * dim;
        return new DotProductModel(
                dim,
                Arrays.copyOf(vectors, items),
                Arrays.copyOfRange(vectors, items, vectors.length),
                new float[graph.nodes() - graph.users()]);
    }

    public InteractionGraph graph() {
        return graph;
    }

    public int dim() {
        return dim;
    }

    /** The live embeddings, (nodes, dim). */
    public float[] embeddings() {
        return embeddings;
    }
}
