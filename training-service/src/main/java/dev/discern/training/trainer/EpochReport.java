package dev.discern.training.trainer;

import java.util.OptionalDouble;

/**
 * How training stands after an epoch.
 *
 * @param epoch counted from 1
 * @param loss mean base loss of the epoch's samples, in nats
 * @param validation validation metric after the epoch; 0 in a warm-up, which has none
 * @param bestEpoch the epoch of the best validation metric so far; 0 in a warm-up
 * @param meanAlpha mean trust of the paper's gate in the epoch, in [0, 1]; empty for other regularizers
 */
public record EpochReport(
        int epoch,
        int maxEpochs,
        double samplesPerSecond,
        double loss,
        double validation,
        int bestEpoch,
        OptionalDouble meanAlpha) {}
