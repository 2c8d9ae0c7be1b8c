package dev.discern.training.job;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.history.HistoryVectors;
import dev.discern.training.trainer.TrainedModel;

/**
 * A model as it would serve just before each user's test item came: where users' vectors are made of histories, of the
 * training items and the validation item; the published vectors elsewhere. The test item is never looked at.
 */
final class TestTimeModel {

    private TestTimeModel() {}

    static DotProductModel of(TrainedModel trained, TemporalSplit split) {
        HistoryTables history = trained.history();
        DotProductModel model = trained.model();
        return history == null
                ? model
                : new DotProductModel(
                        model.dim(),
                        HistoryVectors.of(split.beforeTest(), history, Kernels.best()),
                        model.items(),
                        model.itemBias());
    }

    static DotProductModel of(Artifact artifact, TemporalSplit split) {
        HistoryTables history = artifact.history();
        float[] users = history == null
                ? artifact.users().values()
                : HistoryVectors.of(split.beforeTest(), history, Kernels.best());
        return new DotProductModel(
                artifact.manifest().dim(), users, artifact.items().values(), artifact.itemBias());
    }
}
