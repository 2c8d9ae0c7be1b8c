package dev.discern.training.backbone;

import dev.discern.common.vector.VectorKernels;

/**
 * How every trained model scores: {@code s(u, i) = users[u] · items[i] + itemBias[i]}. The arrays are shared, not copied.
 *
 * @param users (users, dim)
 * @param items (items, dim)
 * @param itemBias (items)
 */
@SuppressWarnings("ArrayRecordComponent") // large and read by hot loops; the record is never compared
public record DotProductModel(int dim, float[] users, float[] items, float[] itemBias) {

    public DotProductModel {
        if (dim <= 0 || users.length % dim != 0 || items.length != (long) itemBias.length * dim) {
            throw new IllegalArgumentException("shapes do not fit: dim %d, users %d, items %d, item biases %d"
                    .formatted(dim, users.length, items.length, itemBias.length));
        }
    }

    public int userCount() {
        return users.length / dim;
    }

    public int itemCount() {
        return itemBias.length;
    }

    public float score(int userIdx, int itemIdx, VectorKernels kernels) {
        return kernels.dot(users, userIdx * dim, items, itemIdx * dim, dim) + itemBias[itemIdx];
    }

    /** {@code s(u, i) − s(u, j)}. */
    public float difference(int userIdx, int i, int j, VectorKernels kernels) {
        return kernels.pairDifference(users, userIdx * dim, items, i * dim, j * dim, dim) + itemBias[i] - itemBias[j];
    }

    /** How unsure the model is of a user and an item, {@link #entropy} of its score. */
    public float uncertainty(int userIdx, int itemIdx, VectorKernels kernels) {
        return entropy(score(userIdx, itemIdx, kernels));
    }

    /** The entropy of {@code σ(score)} in bits, in [0, 1]; 1 when the score says nothing at all. */
    public static float entropy(float score) {
        return BinaryEntropy.bits(1 / (1 + Math.exp(-score)));
    }
}
