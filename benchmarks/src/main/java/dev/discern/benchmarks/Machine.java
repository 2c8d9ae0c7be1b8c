package dev.discern.benchmarks;

import dev.discern.common.vector.Kernels;

/**
 * What the figures were measured on.
 *
 * @param processors that this JVM may use
 * @param kernels that {@link Kernels#best()} chose
 */
record Machine(String os, String architecture, int processors, String java, String kernels) {

    static Machine current() {
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                Kernels.best().name());
    }
}
