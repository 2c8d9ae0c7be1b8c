package dev.discern.scoring.chat;

import dev.discern.common.db.JudgmentStore;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.random.Seeds;
import dev.discern.scoring.budget.Price;
import dev.discern.scoring.judge.JudgmentKey;
import dev.discern.scoring.judge.Orders;
import dev.discern.scoring.prompt.PromptRenderer;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to ask, how, and for how much.
 *
 * @param identity of model, template and temperature
 * @param itemIdentity what a model sees of an item, by row id
 * @param permutations orders that each prompt is asked in
 * @param seed of the orders
 * @param budgetUsd null for any
 * @param budgetTokens null for any
 */
public record ChatTask(
        long runId,
        String identity,
        PromptRenderer renderer,
        LongFunction<String> itemIdentity,
        int permutations,
        long seed,
        Price price,
        @Nullable BigDecimal budgetUsd,
        @Nullable Long budgetTokens) {

    /** A prompt in one order. */
    @SuppressWarnings("ArrayRecordComponent") // a hash that is passed on; the record is never compared
    public record Question(byte[] key, Orders.Order order) {}

    /** The questions that a prompt comes to. Each is asked once in all runs; the first is the prompt as drawn. */
    public List<Question> questions(CandidateSet prompt) {
        return Orders.of(prompt, permutations, new Seeds(seed)).stream()
                .map(order -> new Question(JudgmentKey.of(identity, order.shown(), itemIdentity), order))
                .toList();
    }

    /** Whether a prompt is still asked as it was drawn: the text of an item may have changed since. */
    boolean isCurrent(JudgmentStore.KeyedSet prompt) {
        return Arrays.equals(key(identity, prompt.set(), itemIdentity, permutations, seed), prompt.key());
    }

    /** The key of a prompt's joint answer: that of its one question, or of all orders together. */
    public static byte[] key(
            String identity, CandidateSet prompt, LongFunction<String> itemIdentity, int permutations, long seed) {
        return JudgmentKey.of(
                permutations == 1 ? identity : "%s/%d orders of seed %d".formatted(identity, permutations, seed),
                prompt,
                itemIdentity);
    }
}
