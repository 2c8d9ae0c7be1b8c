package dev.discern.training.trainer;

import dev.discern.training.dataset.TrainingData;
import dev.discern.training.objective.TextAlignment;

/** {@code λ} times the mean text alignment over the items of the training interactions, by one sampled interaction at a time. */
final class AlignmentRegularizer implements Regularizer {

    private final TrainingData data;
    private final TextAlignment alignment;
    private final float lambda;

    AlignmentRegularizer(TrainingData data, TextAlignment alignment, float lambda) {
        this.data = data;
        this.alignment = alignment;
        this.lambda = lambda;
    }

    @Override
    public int examples() {
        return data.interactions();
    }

    @Override
    public int user(int example) {
        return data.userOf()[example];
    }

    @Override
    public int item(int example) {
        return data.split().train().columns()[example];
    }

    @Override
    public int other(int example) {
        return item(example);
    }

    @Override
    public void step(GuidedModel model, int example) {
        int item = item(example);
        float[] ascent = new float[alignment.dim()];
        synchronized (alignment) {
            alignment.step(item, model.itemVectors(), model.vectorStart(item), ascent);
        }
        for (int d = 0; d < ascent.length; d++) {
            ascent[d] *= lambda;
        }
        model.guideVector(item, ascent);
    }

    @Override
    public double[] state() {
        double[] state = new double[alignment.projection().length];
        for (int at = 0; at < state.length; at++) {
            state[at] = alignment.projection()[at];
        }
        return state;
    }

    @Override
    public void restore(double[] state) {
        for (int at = 0; at < state.length; at++) {
            alignment.projection()[at] = (float) state[at];
        }
    }
}
