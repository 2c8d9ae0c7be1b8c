package dev.discern.training.objective;

/** A loss of one pair by the model's score difference {@code d = s(u, i) − s(u, j)}. */
public interface PairLoss {

    /** The loss of pair {@code pair} at {@code difference}, in nats. */
    double loss(int pair, float difference);

    /** Minus the derivative of the loss by the difference: positive pushes i up and j down. */
    float ascent(int pair, float difference);
}
