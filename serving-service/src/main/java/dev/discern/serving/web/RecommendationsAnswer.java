package dev.discern.serving.web;

import dev.discern.serving.recommend.Answer;
import dev.discern.serving.recommend.ModelChoice.Chosen;
import dev.discern.serving.recommend.RecommendationId;
import dev.discern.serving.recommend.RecommendedItem;
import dev.discern.serving.recommend.Strategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

/**
 * The body of an answer.
 *
 * @param recommendationId names this answer; an event that carries it is counted for the model that answered
 */
@Schema(requiredProperties = {"items", "modelVersion", "recommendationId", "requestedK", "strategy", "warnings"})
record RecommendationsAnswer(
        UUID recommendationId,
        String modelVersion,
        Strategy strategy,
        List<RecommendedItem> items,
        int requestedK,
        List<String> warnings) {

    static RecommendationsAnswer of(Chosen chosen, Answer answer, int requestedK) {
        return new RecommendationsAnswer(
                RecommendationId.next(chosen.arm(answer)),
                answer.modelVersion(),
                answer.strategy(),
                answer.items(),
                requestedK,
                answer.warnings());
    }
}
