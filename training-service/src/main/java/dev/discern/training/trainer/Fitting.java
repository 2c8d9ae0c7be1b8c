package dev.discern.training.trainer;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.training.backbone.DotProductModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** What the rows of a table belong to, in the order of dense indices. */
    enum RowsOf {
        USERS,
        ITEMS,
        /** The users' rows, and after them the items'. */
        USERS_AND_ITEMS,
        /** The model as a whole: there is one row. */
        MODEL
    }

    /**
     * What a table of parameters is.
     *
     * @param key its name in files
     * @param name in the plural, such as "item vectors"
     * @param of what its rows belong to
     * @param rows how many there are
     */
    record Table(String key, String name, RowsOf of, int rows) {}

    /** What the {@link #parameters} are, in their order. */
    List<Table> tables();

    /** All that is learned, by the keys of its tables; shares the live arrays. */
    default Map<String, EmbeddingTable> learned() {
        Map<String, EmbeddingTable> learned = new LinkedHashMap<>();
        for (int n = 0; n < tables().size(); n++) {
            Table table = tables().get(n);
            float[] values = parameters().get(n);
            learned.put(table.key(), new EmbeddingTable(table.rows(), values.length / table.rows(), values));
        }
        return learned;
    }

    /** What else the next epoch depends on, live. */
    List<float[]> optimizerState();

    /** The regularizer beside the base loss. */
    Guidance guidance();
}
