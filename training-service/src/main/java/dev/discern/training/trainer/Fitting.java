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
 * randomness is named after the epoch, so that an epoch draws the same whatever came before; and an epoch is divided into parts, so
 * that it can be left between two of them and gone on with from its {@link Place}.
 */
public interface Fitting {

    /**
     * What an epoch was.
     *
     * @param loss mean base loss, in nats
     * @param samples how many there were
     */
    record Pass(double loss, int samples) {}

    /** An epoch in training. */
    interface Epoch {

        /** Whether all its parts are trained. */
        boolean isDone();

        /** Trains the next part, seconds at most. No thread works on it when this returns. */
        void advance();

        /** How far it is. */
        Place place();

        /** What is trained of it, the parts before it was gone on with among them; a loss of nothing is no number. */
        Pass pass();
    }

    /**
     * The epoch of this number, counted from 1, to be trained from a place on.
     *
     * @param from where it is, with parameters, optimizer and regularizer as they were there
     */
    Epoch epoch(int number, Place from);

    /** Trains the whole epoch of this number, counted from 1. */
    default Pass epoch(int number) {
        Epoch epoch = epoch(number, Place.START);
        while (!epoch.isDone()) {
            epoch.advance();
        }
        return epoch.pass();
    }

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
