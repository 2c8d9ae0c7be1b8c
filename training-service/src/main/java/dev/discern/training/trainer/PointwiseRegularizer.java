package dev.discern.training.trainer;

import dev.discern.training.dataset.SoftScores;
import dev.discern.training.objective.SquaredError;

/** {@code λ} times the mean squared error on the judge's soft scores, by one sampled score at a time. */
final class PointwiseRegularizer implements Regularizer {

    private final SoftScores scores;
    private final SquaredError loss;
    private final float lambda;

    PointwiseRegularizer(SoftScores scores, float lambda) {
        this.scores = scores;
        this.loss = new SquaredError(scores.score());
        this.lambda = lambda;
    }

    @Override
    public int examples() {
        return scores.size();
    }

    @Override
    public int user(int example) {
        return scores.user()[example];
    }

    @Override
    public int item(int example) {
        return scores.item()[example];
    }

    @Override
    public int other(int example) {
        return scores.item()[example];
    }

    @Override
    public void step(GuidedModel model, int n) {
        int user = scores.user()[n];
        int item = scores.item()[n];
        model.guide(user, item, lambda * loss.ascent(n, model.score(user, item)));
    }
}
