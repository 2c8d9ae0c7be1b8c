package dev.discern.training.trainer;

import dev.discern.training.backbone.history.RareGain;

/**
 * What a run of the history model can be told.
 *
 * @param dim length of the learned part of the vectors, in [1, 1024]; texts give it at most as much as their encoder has
 * @param contentDim length of the part that is text alone, in [1, 1024]
 * @param epochs passes over all training examples; the step size falls through all of them
 * @param batch examples of a step; all there are where they are fewer
 * @param negatives items drawn uniformly for each batch, beside the targets of its examples
 * @param learningRate of Adam at the start; at the end it is 5 % of it
 * @param itemDropout probability with which an item of a batch is seen by its text alone
 * @param historyDropout probability with which an item of a history is left out
 * @param rareGain A of {@link RareGain}, how much more the text of rare items counts once training is over; 0 for no more
 * @param rareCount K of it, the training interactions with which an item gets half of that
 * @param lambda weight of the regularizer
 * @param judged judged examples of a step; as many as the batch has where 0
 * @param guideItems 1 where the regularizer moves items' vectors, 0 where it does not
 * @param guideText the same for the projection of items' texts
 * @param guideUsers the same for what users' vectors are made of
 * @param margin of the hinge losses
 * @param gateRate learning rate of the paper's gate
 * @param paperPairs how many pairs a user the paper's regularizer keeps, those of the widest margins
 */
public record HistoryParameters(
        int dim,
        int contentDim,
        int epochs,
        int batch,
        int negatives,
        float learningRate,
        float itemDropout,
        float historyDropout,
        float rareGain,
        float rareCount,
        float lambda,
        int judged,
        int guideItems,
        int guideText,
        int guideUsers,
        float margin,
        float gateRate,
        int paperPairs)
        implements TrainingParameters {

    /** Of 0.1, 0.3, 1 and 3 the one by which {@code gated} ranks the validation items of Amazon Beauty best (docs/results.md). */
    private static final float CALIBRATED_LAMBDA = 1;

    /** The defaults for a regularizer. */
    public static HistoryParameters defaults(RegularizerKind regularizer) {
        return new HistoryParameters(
                256,
                128,
                4,
                1024,
                512,
                5e-3f,
                0.2f,
                0.2f,
                1,
                4,
                regularizer.needsGate() ? CALIBRATED_LAMBDA : regularizer.defaultLambda(),
                0,
                1,
                1,
                1,
                1,
                0.01f,
                20);
    }

    public HistoryParameters {
        TrainingParameters.require("dim", dim, 1, 1024);
        TrainingParameters.require("contentDim", contentDim, 1, 1024);
        TrainingParameters.require("epochs", epochs, 1, 1_000);
        TrainingParameters.require("batch", batch, 1, 16_384);
        TrainingParameters.require("negatives", negatives, 1, 16_384);
        TrainingParameters.require("learningRate", learningRate, 1e-6, 10);
        TrainingParameters.require("itemDropout", itemDropout, 0, 0.99);
        TrainingParameters.require("historyDropout", historyDropout, 0, 0.99);
        TrainingParameters.require("rareGain", rareGain, 0, 100);
        TrainingParameters.require("rareCount", rareCount, 1e-3, 1e6);
        TrainingParameters.require("lambda", lambda, 0, 100);
        TrainingParameters.require("judged", judged, 0, 16_384);
        TrainingParameters.require("guideItems", guideItems, 0, 1);
        TrainingParameters.require("guideText", guideText, 0, 1);
        TrainingParameters.require("guideUsers", guideUsers, 0, 1);
        TrainingParameters.require("margin", margin, 0, 100);
        TrainingParameters.require("gateRate", gateRate, 0, 10);
        TrainingParameters.require("paperPairs", paperPairs, 1, 1_000);
    }

    @Override
    public HistoryParameters withLambda(float weight) {
        return with(rareGain, weight);
    }

    @Override
    public HistoryParameters duringTraining() {
        return with(0, lambda);
    }

    private HistoryParameters with(float gain, float weight) {
        return new HistoryParameters(
                dim,
                contentDim,
                epochs,
                batch,
                negatives,
                learningRate,
                itemDropout,
                historyDropout,
                gain,
                rareCount,
                weight,
                judged,
                guideItems,
                guideText,
                guideUsers,
                margin,
                gateRate,
                paperPairs);
    }

    /** How much more the text of rare items counts. */
    public RareGain gain() {
        return new RareGain(rareGain, rareCount);
    }

    @Override
    public int maxEpochs() {
        return epochs;
    }

    /** All epochs are trained: the step size is small only at the end. */
    @Override
    public int patience() {
        return epochs;
    }

    /** The gate is fitted on the model as it is without a judge. */
    @Override
    public int warmUpEpochs() {
        return epochs;
    }
}
