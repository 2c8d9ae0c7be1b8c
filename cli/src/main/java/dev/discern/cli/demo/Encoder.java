package dev.discern.cli.demo;

/** The embedded judge's sentence encoder. */
public enum Encoder {
    /** The best judge of those that come with the build. */
    E5_SMALL("e5-small-v2-q"),
    /** Twice as fast, nearly as good. */
    MINILM("all-minilm-l6-v2-q");

    private final String label;

    Encoder(String label) {
        this.label = label;
    }

    /** Its name on the command line and in requests. */
    @Override
    public String toString() {
        return label;
    }
}
