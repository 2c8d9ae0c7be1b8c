package dev.discern.scoring.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Whom to ask about what, and in which order. */
public enum AskingPolicy {
    /** Every user, in their order, with candidates from all sources. */
    ALL("all"),
    /** The two synthetic sets of the S-LLMR paper: rare items for sampled users, diverse items for cold users. */
    COLD_TAIL("cold-tail"),
    /** A pilot first; then the prompts of which an answer is expected to tell most for its tokens. */
    GATE_BUDGET("gate-budget");

    private final String label;

    AskingPolicy(String label) {
        this.label = label;
    }

    /** Its name in requests and on the command line. */
    @JsonValue
    public String label() {
        return label;
    }

    /**
     * The policy of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    @JsonCreator
    public static AskingPolicy of(String label) {
        return Arrays.stream(values())
                .filter(policy -> policy.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown policy '%s'; known are %s"
                        .formatted(
                                label,
                                Arrays.stream(values()).map(AskingPolicy::label).collect(Collectors.joining(", ")))));
    }
}
