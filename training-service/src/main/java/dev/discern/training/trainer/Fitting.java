package dev.discern.training.trainer;

import dev.discern.common.artifact.HistoryTables;
import dev.discern.training.backbone.DotProductModel;
import java.util.List;
import java.util.Optional;

/**
 * One backbone in training. What is common to all (validation, patience, the best epoch, checkpoints) is the {@link Trainer}'s. Its
 * randomness is named after the epoch, so that an epoch draws the same whatever came before.
 */
public interface Fitting {

    /**
     * What an epoch was.
     *
     * @param loss mean base loss, in nats
     * @param samples how many there were
     */
    record Pass(double loss, int samples) {}

    /** Trains the epoch of this number, counted from 1. */
    Pass epoch(int epoch);

    /** The model as it is now, its users with their training histories; may share arrays with what is trained. */
    DotProductModel model();

    /** How users' vectors are made of their histories now; empty where a user's vector is learned. */
    default Optional<HistoryTables> history() {
        return Optional.empty();
    }

    /** All that is learned, live. */
    List<float[]> parameters();

    /**
     * What a table of parameters is.
     *
     * @param name in the plural, such as "item vectors"
     * @param rows one for each user or item, in the order of dense indices; 1 where it belongs to none
     */
    record Table(String name, int rows) {}

    /** What the {@link #parameters} are, in their order. */
    List<Table> tables();

    /** What else the next epoch depends on, live. */
    List<float[]> optimizerState();

    /** The regularizer beside the base loss. */
    Guidance guidance();
}
