package dev.discern.training.trainer;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.dataset.TrainingData;

class BprMfFittingTests extends FittingContract {

    @Override
    Fitting fitting(TrainingData data, TrainingParameters parameters, long seed, Guidance guidance) {
        return new BprMfFitting(data, (BprMfParameters) parameters, 1, new Seeds(seed), guidance, Kernels.best());
    }

    @Override
    TrainingParameters parameters(float lambda) {
        return new BprMfParameters(16, 80, 80, 2, 0.1f, 0.02f, lambda, 1, 0.01f, 3);
    }
}
