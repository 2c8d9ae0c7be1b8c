package dev.discern.training.trainer;

import java.util.List;
import java.util.OptionalDouble;

/** What a judge adds to training: one step beside each step of the base loss. Its examples are sorted by user. */
interface Regularizer {

    /** How many examples it has. */
    int examples();

    /** The user of an example. */
    int user(int example);

    /** The item of an example, the preferred one of a pair. */
    int item(int example);

    /** The other item of a pair; the same as {@link #item} where an example has one item. */
    int other(int example);

    /** One step on an example. */
    void step(GuidedModel model, int example);

    /** Called after each epoch; returns what the user should be warned of. */
    default List<String> warnings() {
        return List.of();
    }

    /** How much the judge was trusted on average in the epoch that {@link #warnings} ended, in [0, 1]; empty without a learned gate. */
    default OptionalDouble meanAlpha() {
        return OptionalDouble.empty();
    }

    /** What it has of its own between two steps, learned parameters and counts of the epoch under way, for checkpoints. */
    default double[] state() {
        return new double[0];
    }

    /** Takes over {@link #state()} from a checkpoint. */
    default void restore(double[] state) {}
}
