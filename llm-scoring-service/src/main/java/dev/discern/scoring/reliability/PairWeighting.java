package dev.discern.scoring.reliability;

import com.fasterxml.jackson.annotation.JsonValue;

/** Which audit pairs count, and how much. The same judge looks good on one kind of pairs and poor on another. */
public enum PairWeighting {
    /** Every pair of the prompts once: what the exam itself was like. */
    AS_ASKED("as-asked", "as asked") {
        @Override
        double weight(JudgedPrompt prompt, int other) {
            return 1;
        }
    },

    /** Only pairs with {@code |Δ log(1 + training interactions)| < 0.7}: popularity cannot tell their items apart. */
    POPULARITY_MATCHED("popularity-matched", "alike in popularity") {
        @Override
        double weight(JudgedPrompt prompt, int other) {
            double difference =
                    Math.log1p(prompt.popularity()[prompt.audit()]) - Math.log1p(prompt.popularity()[other]);
            return Math.abs(difference) < MATCHED ? 1 : 0;
        }
    },

    /** Every pair by the inverse of the probability with which its candidate was drawn: as if drawn from the whole catalogue. */
    CATALOGUE_UNIFORM("catalogue-uniform", "uniform over the catalogue") {
        @Override
        double weight(JudgedPrompt prompt, int other) {
            return 1 / prompt.inclusion()[other];
        }
    };

    private static final double MATCHED = 0.7;

    private final String label;
    private final String title;

    PairWeighting(String label, String title) {
        this.label = label;
        this.title = title;
    }

    /** Its name in the report: {@code as-asked}, {@code popularity-matched}, {@code catalogue-uniform}. */
    @JsonValue
    public String label() {
        return label;
    }

    /** What people read. */
    String title() {
        return title;
    }

    /** The weight of the pair of the audit item and the candidate at {@code other}; 0 when it does not count. */
    abstract double weight(JudgedPrompt prompt, int other);
}
