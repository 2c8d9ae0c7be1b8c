package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PyTorch's gradients of a loss, in doubles: an oracle for those that are derived by hand. A test writes the loss down as the formula has
 * it, with nothing of ours in it but the numbers.
 */
final class Autograd implements AutoCloseable {

    /** Of the largest entry of a gradient: what 32-bit sums leave. */
    static final double FLOATS = 5e-6;

    /** The same where a sigmoid is looked up in a table, which is off by less than 0.0005 of its values of about a half. */
    static final double TABLE = 1e-3;

    private static final Logger LOG = LoggerFactory.getLogger(Autograd.class);
    private static final String ENGINE = "PyTorch";
    private static final double TINY = 1e-30;

    private final NDManager manager = NDManager.newBaseManager(Device.cpu(), ENGINE);

    /** Something to differentiate by. */
    NDArray parameter(float[] values, long... shape) {
        NDArray array = constant(values, shape);
        array.setRequiresGradient(true);
        return array;
    }

    NDArray constant(float[] values, long... shape) {
        double[] wide = new double[values.length];
        for (int at = 0; at < wide.length; at++) {
            wide[at] = values[at];
        }
        return constant(wide, shape);
    }

    NDArray constant(double[] values, long... shape) {
        return manager.create(values, new Shape(shape));
    }

    /** {@code (rows.length, columns)} with a one in each row, at the place that {@code rows} says; none where that is negative. */
    NDArray oneHot(int[] rows, int columns) {
        double[] values = new double[rows.length * columns];
        for (int r = 0; r < rows.length; r++) {
            if (rows[r] >= 0) {
                values[r * columns + rows[r]] = 1;
            }
        }
        return constant(values, rows.length, columns);
    }

    /** Each row by its length; a row of zeros stays one. */
    static NDArray unit(NDArray rows) {
        return rows.div(rows.square().sum(new int[] {1}, true).add(TINY).sqrt());
    }

    /** {@code log(1 + e^x)}, exact in doubles for the scores of these tests. */
    static NDArray softPlus(NDArray x) {
        return x.exp().add(1).log();
    }

    static NDArray sigmoid(NDArray x) {
        return x.neg().exp().add(1).pow(-1);
    }

    /** The scalar that {@code loss} computes; afterwards {@link NDArray#getGradient} has its gradients. */
    static double backward(Supplier<NDArray> loss) {
        try (GradientCollector collector = Engine.getEngine(ENGINE).newGradientCollector()) {
            NDArray value = loss.get();
            collector.backward(value);
            return value.toDoubleArray()[0];
        }
    }

    /** Fails where an entry is off by more than {@code tolerance} of the largest; says by how much it was. */
    static void assertGradient(String what, float[] found, NDArray parameter, double tolerance) {
        assertSame(what, found, parameter.getGradient().toDoubleArray(), tolerance);
    }

    static void assertSame(String what, float[] found, double[] expected, double tolerance) {
        assertThat(found).as(what).hasSameSizeAs(expected);
        double largest = 0;
        double off = 0;
        for (int at = 0; at < expected.length; at++) {
            largest = Math.max(largest, Math.abs(expected[at]));
            off = Math.max(off, Math.abs(found[at] - expected[at]));
        }
        LOG.info("{}", String.format(Locale.ROOT, "%-48s off by %.1e of %.3g", what, off / largest, largest));
        assertThat(largest).as(what + " is the gradient of something").isGreaterThan(1e-3);
        assertThat(off / largest).as(what).isLessThan(tolerance);
    }

    @Override
    public void close() {
        manager.close();
    }
}
