package dev.discern.scoring.job;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the chat or the batch judge is to do.
 *
 * @param identity of model, template and temperature: a run asks with what it was opened with, or not at all
 * @param promptVersion of the template
 * @param permutations orders that each prompt is asked in
 * @param budgetUsd cap in US dollars; null for any
 * @param budgetTokens cap in tokens of prompts and answers together; null for any
 * @param round raised to go on where the same plan ended before: at its budget, or with prompts that the provider failed on
 * @param batchDeadline counted from the run's first batch, when the rest is asked by chat; null for the chat judge
 */
public record ChatPlan(
        String identity,
        String promptVersion,
        int permutations,
        @Nullable BigDecimal budgetUsd,
        @Nullable Long budgetTokens,
        int round,
        @Nullable Duration batchDeadline) {

    private static final int MAX_PERMUTATIONS = 20;

    public ChatPlan {
        if (permutations < 1 || permutations > MAX_PERMUTATIONS) {
            throw new InvalidPlanException(
                    "permutations",
                    "permutations must be in [1, %d], not %d".formatted(MAX_PERMUTATIONS, permutations));
        }
        if (budgetUsd != null && budgetUsd.signum() <= 0) {
            throw new InvalidPlanException("budgetUsd", "budgetUsd must be above 0, not " + budgetUsd);
        }
        if (budgetTokens != null && budgetTokens < 1) {
            throw new InvalidPlanException("budgetTokens", "budgetTokens must be at least 1, not " + budgetTokens);
        }
        if (round < 0) {
            throw new InvalidPlanException("round", "round must not be negative, not " + round);
        }
        if (batchDeadline != null && batchDeadline.toMillis() < 1) {
            throw new InvalidPlanException("batchDeadline", "batchDeadline must be above 0, not " + batchDeadline);
        }
    }
}
