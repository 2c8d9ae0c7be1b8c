package dev.discern.benchmarks;

/** The entry point. */
public final class Benchmarks {

    private Benchmarks() {}

    /** Starts. */
    public static void main(String[] args) {
        System.out.println("benchmarks");
    }
}
