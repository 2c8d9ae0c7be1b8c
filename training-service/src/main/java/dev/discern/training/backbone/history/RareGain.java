package dev.discern.training.backbone.history;

import dev.discern.common.data.Popularity;
import dev.discern.training.backbone.DotProductModel;

/**
 * How much more the text of rare items counts once training is over: {@code p_i} is multiplied by
 *
 * <pre>
 *   1 + A · K / (c_i + K)
 * </pre>
 *
 * with c the item's training interactions: what interactions do not tell of an item, its text has to. It is never learned in training,
 * where items are seen as often as they are popular.
 *
 * @param gain A, at least 0
 * @param count K, the interactions with which an item gets half of the gain
 */
public record RareGain(float gain, float count) {

    /** No gain. */
    public static final RareGain NONE = new RareGain(0, 1);

    public RareGain {
        if (!(gain >= 0 && count > 0)) {
            throw new IllegalArgumentException("a gain of %s with half at %s interactions".formatted(gain, count));
        }
    }

    /** The factor of an item. */
    float factor(int interactions) {
        return 1 + gain * count / (interactions + count);
    }

    /**
     * A model whose text parts, {@code from} there to their end, are multiplied; the users' vectors are shared.
     *
     * @param from where in an item's vector the text part begins
     */
    public DotProductModel on(DotProductModel model, int from, Popularity popularity) {
        if (gain == 0) {
            return model;
        }
        float[] items = model.items().clone();
        for (int item = 0; item < model.itemCount(); item++) {
            float factor = factor(popularity.count(item));
            for (int at = item * model.dim() + from; at < (item + 1) * model.dim(); at++) {
                items[at] *= factor;
            }
        }
        return new DotProductModel(model.dim(), model.users(), items, model.itemBias());
    }
}
