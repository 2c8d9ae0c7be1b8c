package dev.discern.training.evaluation;

/**
 * What evaluation needs of a model: {@code s(u, i) = users[u] · items[i] + itemBias[i]}. The arrays are shared, not copied.
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

    int userCount() {
        return users.length / dim;
    }

    int itemCount() {
        return itemBias.length;
    }
}
