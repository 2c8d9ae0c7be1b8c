package dev.discern.training.trainer;

/**
 * How training stands after an epoch.
 *
 * @param epoch counted from 1
 * @param loss mean base loss of the epoch's samples, in nats
 * @param validation validation metric after the epoch
 * @param bestEpoch the epoch of the best validation metric so far
 */
public record EpochReport(
        int epoch, int maxEpochs, double samplesPerSecond, double loss, double validation, int bestEpoch) {}
