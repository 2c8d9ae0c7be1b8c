package dev.discern.cli.demo;

/** The recommender that is trained. */
public enum Backbone {
    /** Matrix factorization with the BPR loss. */
    BPR_MF("bpr-mf"),
    /** A model of the user's recent items and their texts. */
    HISTORY("history"),
    /** Vectors that spread over the graph of who has what. */
    LIGHTGCN("lightgcn");

    private final String label;

    Backbone(String label) {
        this.label = label;
    }

    /** Its name on the command line and in requests. */
    @Override
    public String toString() {
        return label;
    }
}
