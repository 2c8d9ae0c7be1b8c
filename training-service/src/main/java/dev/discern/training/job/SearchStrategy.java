package dev.discern.training.job;

import dev.discern.training.trainer.InvalidParameterException;

/** How the budget of a search is spent on its trials. */
enum SearchStrategy {
    /** Every trial is trained in full. */
    RANDOM("random"),
    /** Successive halving: all trials a little, the better ones on. */
    HALVING("halving");

    private final String label;

    SearchStrategy(String label) {
        this.label = label;
    }

    /** As requests and reports write it. */
    String label() {
        return label;
    }

    /**
     * The strategy of this label.
     *
     * @throws InvalidParameterException naming the known labels
     */
    static SearchStrategy of(String label) {
        for (SearchStrategy strategy : values()) {
            if (strategy.label.equals(label)) {
                return strategy;
            }
        }
        throw new InvalidParameterException("strategy", "'%s' is unknown; known are random, halving".formatted(label));
    }
}
