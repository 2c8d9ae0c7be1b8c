package dev.discern.training.backbone;

/** What ranks: anything that scores every item of a catalogue for a user. A trained model is one, a count of neighbours another. */
public interface Scorer {

    /** How many items are scored. */
    int itemCount();

    /**
     * Fills in how well each item suits each of some users: higher is better, finite, comparable within one user only. Called by
     * several threads at once; what a row holds does not depend on the users beside it.
     *
     * @param users dense indices
     * @param from place in {@code users} of the first row
     * @param to place after that of the last row
     * @param into (at least to − from, items), overwritten
     */
    void scores(int[] users, int from, int to, float[] into);
}
