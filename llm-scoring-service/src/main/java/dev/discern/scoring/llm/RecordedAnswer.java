package dev.discern.scoring.llm;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a file of recorded answers, with external ids.
 *
 * @param userId whom the prompt was about
 * @param history the last items before the held-out ones, oldest first
 * @param historyLength the whole training history
 * @param candidates in the order shown
 * @param scores one soft score for each candidate
 * @param auditItem the held-out item among the candidates; null when there is none
 * @param inclusion the probability with which each candidate was drawn; null when the file does not tell
 * @param sources where each candidate came from, such as {@code uniform}; null when the file does not tell
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordedAnswer(
        @Nullable String userId,
        @Nullable List<? extends @Nullable String> history,
        @Nullable Integer historyLength,
        @Nullable List<? extends @Nullable String> candidates,
        @Nullable List<? extends @Nullable Double> scores,
        @Nullable String auditItem,
        @Nullable List<? extends @Nullable Double> inclusion,
        @Nullable List<? extends @Nullable String> sources) {}
