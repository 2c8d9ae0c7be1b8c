package dev.discern.training.gate;

import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.DotProductModel;

/**
 * The entropy of {@code σ(s(u, i))} in bits, as published with S-LLMR. It takes a score for the logit of a yes or no, which scores that
 * were learned by comparing items are not: they mean the same with any number added to them, and this does not.
 */
final class ScoreEntropy implements Uncertainty {

    private final DotProductModel model;
    private final VectorKernels kernels = Kernels.best();

    ScoreEntropy(DotProductModel model) {
        this.model = model;
    }

    @Override
    public float of(int user, int item) {
        return model.uncertainty(user, item, kernels);
    }

    @Override
    public String label() {
        return UncertaintyKind.SCORE_ENTROPY.label();
    }
}
