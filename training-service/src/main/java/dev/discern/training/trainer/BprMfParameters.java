package dev.discern.training.trainer;

/**
 * What a run of BPR-MF can be told.
 *
 * @param dim length of the vectors, in [1, 1024]
 * @param maxEpochs at most this many passes, each as many samples as there are training interactions
 * @param patience epochs without a better validation metric before training stops
 * @param warmUpEpochs epochs of the base loss alone before the gate is fitted
 * @param learningRate of row-wise AdaGrad
 * @param decay L2 decay of vectors and biases
 * @param lambda weight of the regularizer
 * @param margin of the hinge losses
 * @param gateRate learning rate of the paper's gate
 * @param paperPairs how many pairs a user the paper's regularizer keeps, those of the widest margins
 */
public record BprMfParameters(
        int dim,
        int maxEpochs,
        int patience,
        int warmUpEpochs,
        float learningRate,
        float decay,
        float lambda,
        float margin,
        float gateRate,
        int paperPairs)
        implements TrainingParameters {

    /** The defaults for a regularizer, chosen on the validation items of Amazon Beauty (docs/results.md). */
    public static BprMfParameters defaults(RegularizerKind regularizer) {
        return new BprMfParameters(64, 200, 25, 60, 1, 0.05f, regularizer.defaultLambda(), 1, 0.01f, 20);
    }

    @Override
    public BprMfParameters withLambda(float weight) {
        return new BprMfParameters(
                dim, maxEpochs, patience, warmUpEpochs, learningRate, decay, weight, margin, gateRate, paperPairs);
    }

    public BprMfParameters {
        TrainingParameters.require("dim", dim, 1, 1024);
        TrainingParameters.require("maxEpochs", maxEpochs, 1, 100_000);
        TrainingParameters.require("patience", patience, 1, 100_000);
        TrainingParameters.require("warmUpEpochs", warmUpEpochs, 1, 100_000);
        TrainingParameters.require("learningRate", learningRate, 1e-6, 10);
        TrainingParameters.require("decay", decay, 0, 1);
        TrainingParameters.require("lambda", lambda, 0, 100);
        TrainingParameters.require("margin", margin, 0, 100);
        TrainingParameters.require("gateRate", gateRate, 0, 10);
        TrainingParameters.require("paperPairs", paperPairs, 1, 1_000);
    }
}
