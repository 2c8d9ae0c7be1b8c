package dev.discern.benchmarks;

import dev.discern.common.vector.VectorKernels;
import java.util.Arrays;

/** A product of two square matrices: the fastest that the kernels multiply. */
final class MatrixProduct {

    private final int size;
    private final VectorKernels kernels;
    private final float[] a; // (size, size)
    private final float[] b; // (size, size)
    private final float[] c; // (size, size)

    MatrixProduct(int size, VectorKernels kernels) {
        this.size = size;
        this.kernels = kernels;
        this.a = new float[size * size];
        this.b = new float[size * size];
        this.c = new float[size * size];
        Arrays.fill(a, 0.5f);
        Arrays.fill(b, 2);
    }

    double gigaflops() {
        return Turns.rate(
                2e-9 * size * size * size, () -> kernels.multiply(size, size, size, a, false, b, false, c, false));
    }
}
