package dev.discern.benchmarks;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.history.HistoryGradients;
import dev.discern.training.backbone.history.HistoryModel;
import dev.discern.training.backbone.history.TextFeatures;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.trainer.HistoryBatch;
import dev.discern.training.trainer.HistoryParameters;
import dev.discern.training.trainer.RegularizerKind;
import java.util.SplittableRandom;

/** The forward and backward pass of one batch of the history model, over and over. */
final class HistoryWork {

    private static final Seeds SEEDS = new Seeds(1);

    private final HistoryBatch batch;
    private final HistoryGradients gradients;

    HistoryWork(TrainingData data, int rows, int negatives, VectorKernels kernels) {
        HistoryParameters parameters = HistoryParameters.defaults(RegularizerKind.OFF);
        HistoryModel model =
                HistoryModel.random(data.items(), text(data.items(), parameters.dim(), parameters.contentDim()), SEEDS);
        batch = new HistoryBatch(model, rows, rows + negatives, new float[data.items()], kernels);
        gradients = HistoryGradients.of(model, kernels);
        fill(data, rows, negatives);
    }

    private static TextFeatures text(int items, int dim, int contentDim) {
        return new TextFeatures(dim, gaussian(items * dim), contentDim, gaussian(items * contentDim));
    }

    private static float[] gaussian(int length) {
        SplittableRandom random = SEEDS.random("texts", length);
        float[] values = new float[length];
        for (int k = 0; k < length; k++) {
            values[k] = (float) random.nextGaussian() / 16;
        }
        return values;
    }

    private void fill(TrainingData data, int rows, int negatives) {
        InteractionMatrix train = data.split().train();
        SplittableRandom random = SEEDS.random("batch");
        for (int r = 0; r < rows; r++) {
            int user = random.nextInt(data.users());
            int newest = train.rowStart()[user + 1] - 1;
            batch.histories().put(r, train.columns(), train.rowStart()[user], newest);
            batch.items().add(train.columns()[newest], random.nextInt(5) == 0);
        }
        for (int n = 0; n < negatives; n++) {
            batch.items().add(random.nextInt(data.items()), random.nextInt(5) == 0);
        }
    }

    double loss() {
        return batch.loss();
    }

    /** One loss and its gradient; counts the matrix products alone. */
    double gigaflops() {
        return Turns.rate(batch.operations() / 1e9, () -> {
            gradients.clear();
            batch.loss();
            batch.backward(gradients);
        });
    }
}
