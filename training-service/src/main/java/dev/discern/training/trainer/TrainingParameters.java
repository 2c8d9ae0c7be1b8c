package dev.discern.training.trainer;

/**
 * What a run of training can be told.
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
public record TrainingParameters(
        int dim,
        int maxEpochs,
        int patience,
        int warmUpEpochs,
        float learningRate,
        float decay,
        float lambda,
        float margin,
        float gateRate,
        int paperPairs) {

    /** The defaults for a regularizer, chosen on the validation items of Amazon Beauty (docs/results.md). */
    public static TrainingParameters defaults(RegularizerKind regularizer) {
        return new TrainingParameters(64, 200, 25, 60, 1, 0.05f, regularizer.defaultLambda(), 1, 0.01f, 20);
    }

    public TrainingParameters {
        require("dim", dim, 1, 1024);
        require("maxEpochs", maxEpochs, 1, 100_000);
        require("patience", patience, 1, 100_000);
        require("warmUpEpochs", warmUpEpochs, 1, 100_000);
        require("learningRate", learningRate, 1e-6, 10);
        require("decay", decay, 0, 1);
        require("lambda", lambda, 0, 100);
        require("margin", margin, 0, 100);
        require("gateRate", gateRate, 0, 10);
        require("paperPairs", paperPairs, 1, 1_000);
    }

    private static void require(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new InvalidParameterException(name, "must be in [%d, %d], not %d".formatted(low, high, value));
        }
    }

    private static void require(String name, float value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new InvalidParameterException(name, "must be in [%s, %s], not %s".formatted(low, high, value));
        }
    }
}
