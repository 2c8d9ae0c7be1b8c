package dev.discern.cli.demo;

/** The recommender that is trained. */
public enum Backbone {
    /** Matrix factorization with the BPR loss. */
    BPR_MF("bpr-mf"),
    /** A model of the user's recent items and their texts. */
    HISTORY("history"),
    /** Vectors that spread over the graph of who has what. */
    LIGHTGCN("lightgcn");

    /** What is trained unless told otherwise. */
    public static final Backbone DEFAULT = HISTORY;

    private final String label;

    Backbone(String label) {
        this.label = label;
    }

    /** On how many threads this machine trains it best without changing what comes out. */
    public int threads() {
        return this == HISTORY ? Runtime.getRuntime().availableProcessors() : 1;
    }

    /** Its name on the command line and in requests. */
    @Override
    public String toString() {
        return label;
    }
}
