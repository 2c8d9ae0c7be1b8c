package dev.discern.training.trainer;

/** What a run of training can be told: what all backbones have in common. */
public sealed interface TrainingParameters permits BprMfParameters, HistoryParameters, LightGcnParameters {

    /** Length of the learned vectors. */
    int dim();

    /** At most this many epochs. */
    int maxEpochs();

    /** Epochs without a better validation metric before training stops. */
    int patience();

    /** Epochs of the base loss alone before the gate is fitted. */
    int warmUpEpochs();

    /** Step size of the optimizer, at its highest. */
    float learningRate();

    /** Weight of the regularizer. */
    float lambda();

    /** The same with another weight of the regularizer. */
    TrainingParameters withLambda(float weight);

    /** The same without what is done to a model once it is trained: gates and regularizers see the scores of training. */
    default TrainingParameters duringTraining() {
        return this;
    }

    /** Of the hinge losses. */
    float margin();

    /** Learning rate of the paper's gate. */
    float gateRate();

    /** How many pairs a user the paper's regularizer keeps, those of the widest margins. */
    int paperPairs();

    /** Checks an integer. */
    static void require(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new InvalidParameterException(name, "must be in [%d, %d], not %d".formatted(low, high, value));
        }
    }

    /** Checks a number. */
    static void require(String name, float value, double low, double high) {
        if (!(value >= (float) low && value <= (float) high)) {
            throw new InvalidParameterException(name, "must be in [%s, %s], not %s".formatted(low, high, value));
        }
    }
}
