package dev.discern.training.optimizer;

/**
 * Row-wise AdaGrad (after Duchi, Hazan and Singer, 2011): one accumulator for each row of a table, {@code G ← G + g²}, step size
 * {@code η / √(G + ε)}. {@code g} is the derivative by the score, the factor that all entries of the row's gradient share, so no
 * pass over the row is needed.
 */
public final class RowAdaGrad {

    private static final float EPSILON = 1e-2f;

    private final float learningRate;
    private final float[] accumulator; // (rows)

    public RowAdaGrad(int rows, float learningRate) {
        this.learningRate = learningRate;
        this.accumulator = new float[rows];
    }

    /** Adds {@code gradient} to the row's accumulator and returns the step size to use now. */
    public float rate(int row, float gradient) {
        float sum = accumulator[row] + gradient * gradient;
        accumulator[row] = sum;
        return learningRate / (float) Math.sqrt(sum + EPSILON);
    }

    /** The live accumulators, (rows), for checkpoints. */
    public float[] accumulator() {
        return accumulator;
    }
}
