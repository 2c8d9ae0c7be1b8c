package dev.discern.training.objective;

/**
 * {@code L = −log σ(d)}, minus its derivative {@code σ(−d)} (Rendle et al., UAI 2009, with i the item that the user has and j one
 * drawn uniformly from those the user has not).
 */
public final class BprLoss implements PairLoss {

    @Override
    public double loss(int pair, float difference) {
        return Sigmoid.negativeLog(difference);
    }

    @Override
    public float ascent(int pair, float difference) {
        return 1 - Sigmoid.of(difference);
    }
}
