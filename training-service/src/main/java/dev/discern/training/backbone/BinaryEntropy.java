package dev.discern.training.backbone;

/** {@code H(p) = −p log₂ p − (1 − p) log₂(1 − p)}: how open a question with two answers is. */
public final class BinaryEntropy {

    private BinaryEntropy() {}

    /**
     * The entropy in bits.
     *
     * @param p the probability of one answer, in [0, 1]
     * @return in [0, 1]; 0 where an answer is certain, 1 where both are equally likely
     */
    public static float bits(double p) {
        return p <= 0 || p >= 1 ? 0 : (float) (-(p * Math.log(p) + (1 - p) * Math.log1p(-p)) / Math.log(2));
    }
}
