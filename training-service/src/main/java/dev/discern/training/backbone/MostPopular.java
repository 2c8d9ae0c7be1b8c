package dev.discern.training.backbone;

import dev.discern.common.data.InteractionMatrix;

/** The same list for everybody: {@code s(u, i) = n_i}, the training interactions of the item. What a recommender must beat. */
public final class MostPopular {

    private MostPopular() {}

    /** The counts as a model's biases; its vectors are zeros of one dimension. */
    public static DotProductModel of(InteractionMatrix train) {
        int[] counts = train.columnCounts();
        float[] biases = new float[counts.length];
        for (int item = 0; item < counts.length; item++) {
            biases[item] = counts[item];
        }
        return new DotProductModel(1, new float[train.users()], new float[counts.length], biases);
    }
}
