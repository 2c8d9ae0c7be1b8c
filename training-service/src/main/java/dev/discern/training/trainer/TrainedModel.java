package dev.discern.training.trainer;

import dev.discern.training.backbone.BprMf;
import java.util.List;

/** The outcome of training: the model of the best epoch. */
public record TrainedModel(BprMf model, int epochs, int bestEpoch, double validation, List<String> warnings) {}
