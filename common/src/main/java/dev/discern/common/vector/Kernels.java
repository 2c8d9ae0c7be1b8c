package dev.discern.common.vector;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernels of this JVM, chosen once and logged. */
public final class Kernels {

    private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);
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
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            LOG.warn("scalar kernels, several times slower: start Java with --add-modules jdk.incubator.vector");
            return new ScalarKernels();
        }
        VectorKernels panama = new PanamaKernels();
        LOG.info("vector kernels: {}", panama.name());
        return panama;
    }
}
