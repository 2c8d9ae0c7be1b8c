package dev.discern.training.dataset;

import java.util.Arrays;

/** A growing list of primitive doubles. */
final class Doubles {

    private double[] values = new double[1024];
    private int size;

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    double[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
