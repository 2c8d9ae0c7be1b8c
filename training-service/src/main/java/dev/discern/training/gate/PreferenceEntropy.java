package dev.discern.training.gate;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.BinaryEntropy;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.TrainingData;

/**
 * How open it is, to the model, whether the user prefers the item to another one:
 *
 * <pre>
 *   b(u, i) = mean over sampled candidates c of σ( s(u, i) − s(u, c) )        q(u, i) = H( b(u, i) ) in bits
 * </pre>
 *
 * {@code σ} of a difference is what a softmax over two items is, and so how both ranking losses read scores (Luce's choice rule; BPR is
 * that for two items). An item in the middle of the user's scores has 1, one far above or below nearly all of them 0. Adding a
 * number to all scores of a user changes nothing.
 */
final class PreferenceEntropy implements Uncertainty {

    private static final int NOBODY = -1;

    private final DotProductModel model;
    private final SampledCandidates candidates;
    private final VectorKernels kernels = Kernels.best();
    private final float[] scores = new float[SampledCandidates.COUNT]; // of the last user's candidates
    private int lastUser = NOBODY;

    PreferenceEntropy(DotProductModel model, TrainingData data, Seeds seeds) {
        this.model = model;
        this.candidates = new SampledCandidates(data, seeds);
    }

    @Override
    public float of(int user, int item) {
        if (user != lastUser) {
            score(user);
        }
        double score = model.score(user, item, kernels);
        double wins = 0;
        for (float other : scores) {
            wins += 1 / (1 + Math.exp(other - score));
        }
        return BinaryEntropy.bits(wins / scores.length);
    }

    private void score(int user) {
        int[] items = candidates.of(user);
        for (int n = 0; n < scores.length; n++) {
            scores[n] = model.score(user, items[n], kernels);
        }
        lastUser = user;
    }

    @Override
    public String label() {
        return UncertaintyKind.CANDIDATES.label();
    }
}
