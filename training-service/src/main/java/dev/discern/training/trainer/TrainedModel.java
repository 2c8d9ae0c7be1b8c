package dev.discern.training.trainer;

import dev.discern.common.artifact.HistoryTables;
import dev.discern.training.backbone.DotProductModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of training: the model of the best epoch.
 *
 * @param model its users have the vectors of their training histories
 * @param history how vectors are made of other histories; null where a user's vector is learned
 */
public record TrainedModel(
        DotProductModel model,
        @Nullable HistoryTables history,
        int epochs,
        int bestEpoch,
        double validation,
        List<String> warnings) {}
