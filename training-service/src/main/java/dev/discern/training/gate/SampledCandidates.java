package dev.discern.training.gate;

import dev.discern.common.random.Seeds;
import dev.discern.training.dataset.TrainingData;
import java.util.SplittableRandom;

/**
 * {@value #COUNT} items for each user to see a score in relation to, drawn uniformly, with replacement, from those that the user does
 * not have in training. They are the same for all items of the user, and for the same seed.
 */
final class SampledCandidates {

    static final int COUNT = 100;

    /** After so many tries the last draw is taken: a user may have everything. */
    private static final int MAX_TRIES = 100;

    private final TrainingData data;
    private final Seeds seeds;

    SampledCandidates(TrainingData data, Seeds seeds) {
        this.data = data;
        this.seeds = seeds;
    }

    /** The items of a user. */
    int[] of(int user) {
        SplittableRandom random = seeds.random("uncertainty-candidates", user);
        int[] items = new int[COUNT];
        for (int n = 0; n < COUNT; n++) {
            int tries = 0;
            do {
                items[n] = random.nextInt(data.items());
            } while (data.seen().contains(user, items[n]) && ++tries < MAX_TRIES);
        }
        return items;
    }
}
