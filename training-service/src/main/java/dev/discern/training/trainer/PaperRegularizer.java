package dev.discern.training.trainer;

import dev.discern.common.data.HistoryBucket;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.objective.SelectiveHinge;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** S-LLMR as published: the hinge under a gate that is learned along with the model, and so collapses. */
final class PaperRegularizer implements Regularizer {

    private final JudgedPairs pairs;
    private final TrainingData data;
    private final SelectiveHinge hinge;
    private final float lambda;
    private double alphaSum;
    private long alphaCount;
    private OptionalDouble meanAlpha = OptionalDouble.empty();

    PaperRegularizer(JudgedPairs pairs, TrainingData data, SelectiveHinge hinge, float lambda) {
        this.pairs = pairs;
        this.data = data;
        this.hinge = hinge;
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
        boolean cold = data.split().train().length(user) <= HistoryBucket.COLD;
        boolean tailI = data.popularity().isTail(i);
        boolean tailJ = data.popularity().isTail(j);
        double doubtI = model.uncertainty(user, i);
        double doubtJ = model.uncertainty(user, j);
        double alphaI = hinge.alpha(cold, tailI, doubtI);
        double alphaJ = hinge.alpha(cold, tailJ, doubtJ);
        float difference = model.difference(user, i, j);
        model.guide(user, i, j, lambda * hinge.ascent(alphaI, alphaJ, difference));
        synchronized (this) {
            hinge.learn(cold, tailI, doubtI, alphaI, difference);
            hinge.learn(cold, tailJ, doubtJ, alphaJ, difference);
            alphaSum += 0.5 * (alphaI + alphaJ);
            alphaCount++;
        }
    }

    @Override
    public synchronized List<String> warnings() {
        double mean = alphaCount == 0 ? 1 : alphaSum / alphaCount;
        meanAlpha = alphaCount == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean);
        alphaSum = 0;
        alphaCount = 0;
        return mean >= SelectiveHinge.COLLAPSED
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "the paper's gate has collapsed: mean alpha %.4f in the last epoch, so the judge teaches"
                                + " nothing",
                        mean));
    }

    @Override
    public synchronized OptionalDouble meanAlpha() {
        return meanAlpha;
    }

    /** The gate's parameters, then what the mean of the epoch under way is made of. */
    @Override
    public synchronized double[] state() {
        double[] parameters = hinge.parameters();
        double[] state = Arrays.copyOf(parameters, parameters.length + 2);
        state[parameters.length] = alphaSum;
        state[parameters.length + 1] = alphaCount; // exact below 2^53
        return state;
    }

    @Override
    public synchronized void restore(double[] state) {
        int parameters = state.length - 2;
        hinge.restore(Arrays.copyOf(state, parameters));
        alphaSum = state[parameters];
        alphaCount = (long) state[parameters + 1];
    }
}
