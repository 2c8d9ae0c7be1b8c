package dev.discern.serving.web;

import dev.discern.serving.recommend.Answer;
import dev.discern.serving.recommend.RecommendedItem;
import dev.discern.serving.recommend.Strategy;
import java.util.List;
import java.util.UUID;

/**
 * The body of an answer.
 *
 * @param recommendationId names this answer, for logs and later events
 */
record RecommendationsAnswer(
        UUID recommendationId,
        String modelVersion,
        Strategy strategy,
        List<RecommendedItem> items,
        int requestedK,
        List<String> warnings) {

    static RecommendationsAnswer of(Answer answer, int requestedK) {
        return new RecommendationsAnswer(
                UUID.randomUUID(),
                answer.modelVersion(),
                answer.strategy(),
                answer.items(),
                requestedK,
                answer.warnings());
    }
}
