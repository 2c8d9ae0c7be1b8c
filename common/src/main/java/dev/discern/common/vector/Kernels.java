package dev.discern.common.vector;

/** The kernels of this JVM, chosen once. */
public final class Kernels {

    private static final VectorKernels BEST = new ScalarKernels();

    private Kernels() {}

    /** The fastest kernels that this machine and JVM can run. */
    public static VectorKernels best() {
        return BEST;
    }

    /** The reference kernels. */
    public static VectorKernels scalar() {
        return new ScalarKernels();
    }
}
