package dev.discern.training.dataset;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;

/**
 * The training part of a data set, ready for sampling.
 *
 * @param split training histories and held-out items
 * @param popularity training interactions per item
 * @param seen who has what in training
 * @param userOf (training interactions) the user of each entry of {@code split.train().columns()}
 */
@SuppressWarnings("ArrayRecordComponent") // read by hot loops; the record is never compared
public record TrainingData(TemporalSplit split, Popularity popularity, SeenItems seen, int[] userOf) {

    /** Splits histories and prepares them. */
    public static TrainingData of(InteractionMatrix histories) {
        TemporalSplit split = TemporalSplit.leaveLastTwoOut(histories);
        InteractionMatrix train = split.train();
        int[] userOf = new int[train.columns().length];
        for (int user = 0; user < train.users(); user++) {
            java.util.Arrays.fill(userOf, train.rowStart()[user], train.rowStart()[user + 1], user);
        }
        return new TrainingData(split, Popularity.of(train), new SeenItems(train), userOf);
    }

    public int users() {
        return split.train().users();
    }

    public int items() {
        return split.train().items();
    }

    public int interactions() {
        return userOf.length;
    }
}
