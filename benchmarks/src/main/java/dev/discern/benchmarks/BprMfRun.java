package dev.discern.benchmarks;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.objective.BprLoss;
import dev.discern.training.trainer.BprMfFitting;
import dev.discern.training.trainer.BprMfParameters;
import dev.discern.training.trainer.Guidance;
import java.util.SplittableRandom;

/** BPR-MF in training, epoch after epoch. */
final class BprMfRun {

    private static final Seeds SEEDS = new Seeds(1);

    private final BprMfFitting fitting;
    private int epoch;

    BprMfRun(TrainingData data, BprMfParameters parameters, int threads, Guidance guidance, VectorKernels kernels) {
        fitting = new BprMfFitting(data, parameters, threads, SEEDS, guidance, kernels);
    }

    /** Trains one epoch more; returns samples a second. */
    double epoch() {
        epoch++;
        long start = System.nanoTime();
        int samples = fitting.epoch(epoch).samples();
        return samples * 1e9 / (System.nanoTime() - start);
    }

    DotProductModel model() {
        return fitting.model();
    }

    /** Mean loss of a model over all training interactions, each against an item drawn uniformly, the same for every model. */
    static double loss(DotProductModel model, TrainingData data) {
        InteractionMatrix train = data.split().train();
        SplittableRandom random = SEEDS.random("loss");
        BprLoss loss = new BprLoss();
        double sum = 0;
        for (int n = 0; n < data.interactions(); n++) {
            int negative = random.nextInt(data.items());
            sum += loss.loss(n, model.difference(data.userOf()[n], train.columns()[n], negative, Kernels.best()));
        }
        return sum / data.interactions();
    }
}
