package dev.discern.training.objective;

/** The logistic function from a table: 4,096 values over [-8, 8], off by less than 0.0005, for inner loops. */
public final class Sigmoid {

    private static final float LIMIT = 8;
    private static final int SIZE = 4096;
    private static final float SCALE = SIZE / (2 * LIMIT);
    private static final float[] TABLE = new float[SIZE + 1]; // the last for what rounds up to LIMIT

    static {
        for (int k = 0; k <= SIZE; k++) {
            TABLE[k] = (float) (1 / (1 + Math.exp(LIMIT - (k + 0.5) / SCALE)));
        }
    }

    private Sigmoid() {}

    /** {@code −log σ(x)} in nats, exact and finite for every finite x; for reports, not for inner loops. */
    static double negativeLog(float x) {
        return Math.max(-x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** {@code 1 / (1 + e^-x)}; 0 or 1 beyond the table; NaN for NaN. */
    public static float of(float x) {
        if (x > -LIMIT && x < LIMIT) {
            return TABLE[(int) ((x + LIMIT) * SCALE)];
        }
        return x >= LIMIT ? 1 : x <= -LIMIT ? 0 : Float.NaN;
    }
}
