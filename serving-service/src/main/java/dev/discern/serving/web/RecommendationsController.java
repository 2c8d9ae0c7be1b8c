package dev.discern.serving.web;

import dev.discern.serving.model.ActiveModels;
import dev.discern.serving.model.ServingModel;
import dev.discern.serving.recommend.Answer;
import dev.discern.serving.recommend.Audience;
import dev.discern.serving.recommend.CategoryMode;
import dev.discern.serving.recommend.Query;
import dev.discern.serving.recommend.Recommender;
import dev.discern.web.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Top-k for people, and items like an item. */
@RestController
@RequestMapping("/v1")
@Tag(name = "Recommendations", description = "Top-k answers from the model that is champion")
final class RecommendationsController {

    private static final int SECONDS_TO_A_MODEL = 5;

    private final ActiveModels models;
    private final MeterRegistry meters;

    RecommendationsController(ActiveModels models, MeterRegistry meters) {
        this.models = models;
        this.meters = meters;
    }

    @Operation(summary = "The best k items for a user; one who is unknown gets what is popular")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "category",
            description = "only items of this category; may be repeated",
            array = @ArraySchema(schema = @Schema(type = "string")))
    @GetMapping("/users/{userId}/recommendations")
    RecommendationsAnswer recommend(
            @PathVariable @Size(min = 1, max = Limits.ID_LENGTH, message = "expected 1 to 512 characters")
                    String userId,
            @RequestParam(defaultValue = "10")
                    @Min(value = 1, message = "expected 1 to 1000")
                    @Max(value = Limits.K, message = "expected 1 to 1000")
                    int k,
            @RequestParam(defaultValue = "any") CategoryMode categoryMode,
            @RequestParam(defaultValue = "true") boolean excludeSeen,
            @RequestParam(defaultValue = "false") boolean explain,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> all) {
        return answer(new Query(
                new Audience.User(userId), k, categories(all), categoryMode, excludeSeen, List.of(), explain));
    }

    /** Spring would split a value at its commas, and names of categories may have some. */
    private static List<String> categories(MultiValueMap<String, String> parameters) {
        List<String> categories = parameters.getOrDefault("category", List.of());
        if (categories.size() > Limits.CATEGORIES) {
            throw ProblemException.invalid(
                    "category", "OUT_OF_RANGE", "expected at most 100 categories, got " + categories.size());
        }
        return categories;
    }

    @Operation(summary = "The best k items for a user or for a session of somebody unknown")
    @PostMapping("/recommendations")
    RecommendationsAnswer recommend(@Valid @RequestBody RecommendationsRequest request) {
        return answer(request.query());
    }

    @Operation(summary = "The k items nearest to an item")
    @GetMapping("/items/{itemId}/similar")
    RecommendationsAnswer similar(
            @PathVariable String itemId,
            @RequestParam(defaultValue = "10")
                    @Min(value = 1, message = "expected 1 to 1000")
                    @Max(value = Limits.K, message = "expected 1 to 1000")
                    int k) {
        return timed("similar", k, model -> {
            int itemIdx = model.itemIdx(itemId);
            if (itemIdx < 0) {
                throw new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "UNKNOWN_ITEM",
                        "model %s has no item \"%s\"".formatted(model.version(), itemId));
            }
            return new Recommender(model).similar(itemIdx, k);
        });
    }

    private RecommendationsAnswer answer(Query query) {
        return timed("recommend", query.k(), model -> new Recommender(model).recommend(query));
    }

    /** One model for the whole request, and the time that its answer took. */
    private RecommendationsAnswer timed(String kind, int k, Function<ServingModel, Answer> question) {
        ServingModel model = models.champion()
                .orElseThrow(() -> new ProblemException(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "NO_MODEL",
                                "no model has been loaded yet: train one and make it champion")
                        .retryAfter(SECONDS_TO_A_MODEL));
        long start = System.nanoTime();
        Answer answer = question.apply(model);
        Timer.builder("discern.recommend")
                .description("Time to make an answer, without HTTP")
                .publishPercentileHistogram()
                .tag("kind", kind)
                .tag("strategy", answer.strategy().name())
                .register(meters)
                .record(Duration.ofNanos(System.nanoTime() - start));
        return RecommendationsAnswer.of(answer, k);
    }
}
