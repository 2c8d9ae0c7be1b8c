package dev.discern.scoring.candidate;

/** Items to draw from, each once. */
interface Pool {

    int size();

    /** The item at a place of this pool. */
    int item(int at);

    boolean contains(int item);
}
