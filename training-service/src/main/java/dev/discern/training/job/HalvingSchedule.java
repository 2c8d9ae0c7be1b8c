package dev.discern.training.job;

import dev.discern.training.trainer.InvalidParameterException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rungs of successive halving (Jamieson and Talwalkar, 2016; the inner loop of Hyperband, Li et al., 2018): with n trials, R epochs in
 * full and K rungs, rung k of 0 … K − 1 trains the best {@code ⌊n η^−k⌋} trials of the rung before for {@code ⌊R η^(k − K + 1)⌋} epochs in
 * all, so that every rung costs about as much as the others. One rung is plain random search.
 */
final class HalvingSchedule {

    static final int MAX_RUNGS = 6;

    /** The first rung trains this share of all epochs or more, where nobody says how many rungs there are. */
    private static final int SMALLEST_SHARE = 9;

    private HalvingSchedule() {}

    /**
     * A rung.
     *
     * @param number from 1
     * @param trials at most so many take part; fewer where others of the rung before have diverged
     * @param epochs in all; null for what the trials' parameters say
     */
    record Rung(int number, int trials, @Nullable Integer epochs) {}

    /** Of random search. */
    static List<Rung> single(int trials) {
        return List.of(new Rung(1, trials, null));
    }

    /**
     * Of successive halving.
     *
     * @throws InvalidParameterException when there are more rungs than the trials or the epochs last for
     */
    static List<Rung> of(int trials, int epochs, int eta, int rungs) {
        if (rungs < 1 || rungs > MAX_RUNGS) {
            throw new InvalidParameterException("rungs", "must be in [1, %d], not %d".formatted(MAX_RUNGS, rungs));
        }
        int most = rungs(trials, epochs, eta, Integer.MAX_VALUE);
        if (rungs > most) {
            throw new InvalidParameterException(
                    "rungs",
                    "must be in [1, %d], not %d: each rung but the first has 1 of %d trials, of %d, and the first 1 of %d epochs, of %d, for each rung behind it"
                            .formatted(most, rungs, eta, trials, eta, epochs));
        }
        List<Rung> schedule = new ArrayList<>();
        for (int k = 0; k < rungs; k++) {
            schedule.add(new Rung(k + 1, trials / power(eta, k), epochs / power(eta, rungs - 1 - k)));
        }
        return schedule;
    }

    /** How many rungs there are where nobody says so. */
    static int rungs(int trials, int epochs, int eta) {
        return rungs(trials, epochs, eta, SMALLEST_SHARE);
    }

    private static int rungs(int trials, int epochs, int eta, int share) {
        int rungs = 1;
        while (rungs < MAX_RUNGS && power(eta, rungs) <= Math.min(share, Math.min(trials, epochs))) {
            rungs++;
        }
        return rungs;
    }

    private static int power(int base, int exponent) {
        int power = 1;
        for (int n = 0; n < exponent; n++) {
            power *= base;
        }
        return power;
    }
}
