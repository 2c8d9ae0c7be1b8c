package dev.discern.cli;

/** The entry point. */
public final class Discern {

    private Discern() {}

    /** Starts. */
    public static void main(String[] args) {
        System.out.println("cli");
    }
}
