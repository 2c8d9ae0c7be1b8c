package dev.discern.common.vector;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernels of this JVM, chosen once; which ones, and why, is logged once. */
public final class Kernels {

    private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);
    private static final int MIN_VECTOR_BITS = 128;
    private static final VectorKernels BEST = choose();

    private Kernels() {}

    /** The fastest kernels that this machine and JVM can run. */
    public static VectorKernels best() {
        return BEST;
    }

    /** The reference kernels. */
    public static VectorKernels scalar() {
        return new ScalarKernels();
    }

    private static VectorKernels choose() {
        // PanamaKernels must not be loaded before this is known.
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            LOG.warn("scalar kernels, several times slower: start Java with --add-modules jdk.incubator.vector");
            return scalar();
        }
        if (PanamaKernels.vectorBits() < MIN_VECTOR_BITS) {
            LOG.warn(
                    "scalar kernels, several times slower: vectors here have {} bits, fewer than {}",
                    PanamaKernels.vectorBits(),
                    MIN_VECTOR_BITS);
            return scalar();
        }
        VectorKernels panama = new PanamaKernels();
        LOG.info("{} kernels: vectors here have {} bits", panama.name(), PanamaKernels.vectorBits());
        return panama;
    }
}
