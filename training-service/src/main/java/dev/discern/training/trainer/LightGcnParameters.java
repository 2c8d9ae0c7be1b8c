package dev.discern.training.trainer;

/**
 * What a run of LightGCN can be told.
 *
 * @param dim length of the vectors, in [1, 1024]
 * @param layers how many steps away a vector reaches over the graph, in [1, 8]
 * @param maxEpochs at most this many passes over all training interactions, in [1, 100000]
 * @param patience epochs without a better validation metric before training stops, in [1, 100000]
 * @param warmUpEpochs epochs of the base loss alone before the gate is fitted, in [1, 100000]
 * @param batch interactions of a step, in [1, 1048576]; all there are where they are fewer. Each step propagates over the whole
 *     graph, so small batches are slow
 * @param learningRate of Adam, in [1e-6, 10]
 * @param decay L2 decay of the embeddings of a step's users and items, in [0, 1]
 * @param lambda weight of the regularizer, in [0, 100]
 * @param judged judged examples of a step, in [0, 1048576]; as many as the batch has where 0
 * @param margin of the hinge losses, in [0, 100]
 * @param gateRate learning rate of the paper's gate, in [0, 10]
 * @param paperPairs how many pairs a user the paper's regularizer keeps, those of the widest margins, in [1, 1000]
 */
public record LightGcnParameters(
        int dim,
        int layers,
        int maxEpochs,
        int patience,
        int warmUpEpochs,
        int batch,
        float learningRate,
        float decay,
        float lambda,
        int judged,
        float margin,
        float gateRate,
        int paperPairs)
        implements TrainingParameters {

    private static final int MAX_BATCH = 1 << 20;

    /** The defaults for a regularizer: dim, layers and decay are those of the paper. */
    public static LightGcnParameters defaults(RegularizerKind regularizer) {
        return new LightGcnParameters(
                64, 3, 80, 10, 40, 8192, 5e-3f, 1e-4f, regularizer.defaultLambda(), 0, 1, 0.01f, 20);
    }

    @Override
    public LightGcnParameters withLambda(float weight) {
        return new LightGcnParameters(
                dim,
                layers,
                maxEpochs,
                patience,
                warmUpEpochs,
                batch,
                learningRate,
                decay,
                weight,
                judged,
                margin,
                gateRate,
                paperPairs);
    }

    public LightGcnParameters {
        TrainingParameters.require("dim", dim, 1, 1024);
        TrainingParameters.require("layers", layers, 1, 8);
        TrainingParameters.require("maxEpochs", maxEpochs, 1, 100_000);
        TrainingParameters.require("patience", patience, 1, 100_000);
        TrainingParameters.require("warmUpEpochs", warmUpEpochs, 1, 100_000);
        TrainingParameters.require("batch", batch, 1, MAX_BATCH);
        TrainingParameters.require("learningRate", learningRate, 1e-6, 10);
        TrainingParameters.require("decay", decay, 0, 1);
        TrainingParameters.require("lambda", lambda, 0, 100);
        TrainingParameters.require("judged", judged, 0, MAX_BATCH);
        TrainingParameters.require("margin", margin, 0, 100);
        TrainingParameters.require("gateRate", gateRate, 0, 10);
        TrainingParameters.require("paperPairs", paperPairs, 1, 1_000);
    }
}
