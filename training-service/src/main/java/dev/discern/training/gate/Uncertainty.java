package dev.discern.training.gate;

import dev.discern.common.random.Seeds;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.TrainingData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How unsure a model is of a user and an item: {@code q(u, i)} of docs/method.md. Where it is unsure, a judge has more to tell it.
 *
 * <p>The same model, data and seed give the same values, whatever was asked before. What is known of the last user is kept, so
 * instances are for one thread, and fast where they are asked user by user.
 */
public interface Uncertainty {

    /** In [0, 1]: 0 where the model is certain, 1 where it knows nothing. */
    float of(int user, int item);

    /** As requests and reports write it. */
    String label();

    /**
     * The uncertainty of a model.
     *
     * @param model held fixed
     * @param second the same backbone of another seed, for an ensemble; null for the others
     * @param seeds of what is sampled
     * @throws IllegalArgumentException if an ensemble lacks its second model
     */
    static Uncertainty of(
            UncertaintyKind kind,
            DotProductModel model,
            @Nullable DotProductModel second,
            TrainingData data,
            Seeds seeds) {
        return switch (kind) {
            case SCORE_ENTROPY -> new ScoreEntropy(model);
            case CANDIDATES -> new PreferenceEntropy(model, data, seeds);
            case DROPOUT -> new Disagreement(kind, Dropout.views(model, seeds), data, seeds);
            case ENSEMBLE -> {
                if (second == null) {
                    throw new IllegalArgumentException("an ensemble needs a second model");
                }
                yield new Disagreement(
                        kind, List.of(Disagreement.View.of(model), Disagreement.View.of(second)), data, seeds);
            }
        };
    }
}
