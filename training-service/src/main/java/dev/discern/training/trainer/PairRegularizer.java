package dev.discern.training.trainer;

import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.objective.PairLoss;

/** {@code λ} times the mean of a pairwise loss over the judged pairs, by one sampled pair at a time. */
final class PairRegularizer implements Regularizer {

    private final JudgedPairs pairs;
    private final PairLoss loss;
    private final float lambda;

    PairRegularizer(JudgedPairs pairs, PairLoss loss, float lambda) {
        this.pairs = pairs;
        this.loss = loss;
        this.lambda = lambda;
    }

    @Override
    public int examples() {
        return pairs.size();
    }

    @Override
    public int user(int example) {
        return pairs.user()[example];
    }

    @Override
    public int item(int example) {
        return pairs.preferred()[example];
    }

    @Override
    public int other(int example) {
        return pairs.other()[example];
    }

    @Override
    public void step(GuidedModel model, int n) {
        int user = pairs.user()[n];
        int i = pairs.preferred()[n];
        int j = pairs.other()[n];
        model.guide(user, i, j, lambda * loss.ascent(n, model.difference(user, i, j)));
    }
}
