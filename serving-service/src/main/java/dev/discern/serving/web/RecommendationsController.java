package dev.discern.serving.web;

import dev.discern.common.artifact.Alias;
import dev.discern.serving.live.LiveFeed;
import dev.discern.serving.model.Aspect;
import dev.discern.serving.recommend.Answer;
import dev.discern.serving.recommend.Audience;
import dev.discern.serving.recommend.CategoryMode;
import dev.discern.serving.recommend.ModelChoice;
import dev.discern.serving.recommend.ModelChoice.Chosen;
import dev.discern.serving.recommend.Query;
import dev.discern.serving.recommend.Recommender;
import dev.discern.serving.recommend.SimilarQuery;
import dev.discern.serving.recommend.TrafficProperties;
import dev.discern.serving.recommend.Variety;
import dev.discern.serving.traffic.ArmCounts;
import dev.discern.serving.traffic.ShadowAnswers;
import dev.discern.web.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
@Tag(name = "Recommendations", description = "Top-k answers: from the champion, or another model that an alias names")
final class RecommendationsController {

    private final ModelChoice choice;
    private final LiveFeed feed;
    private final TrafficProperties traffic;
    private final AnswerMeters meters;
    private final ArmCounts counts;
    private final ShadowAnswers shadow;

    RecommendationsController(
            ModelChoice choice,
            LiveFeed feed,
            TrafficProperties traffic,
            MeterRegistry meters,
            ArmCounts counts,
            ShadowAnswers shadow) {
        this.choice = choice;
        this.feed = feed;
        this.traffic = traffic;
        this.meters = new AnswerMeters(meters);
        this.counts = counts;
        this.shadow = shadow;
    }

    @Operation(
            operationId = "recommend",
            summary = "The best k items for a user; one who is unknown gets what is popular")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "category",
            description = "only items of this category; may be repeated",
            array = @ArraySchema(schema = @Schema(type = "string")))
    @GetMapping("/users/{userId}/recommendations")
    RecommendationsAnswer recommend(
            @PathVariable @Size(min = 1, max = Limits.ID_LENGTH, message = Limits.ID) String userId,
            @RequestParam(defaultValue = "10")
                    @Min(value = 1, message = "expected 1 to 1000")
                    @Max(value = Limits.K, message = "expected 1 to 1000")
                    int k,
            @RequestParam(defaultValue = "any") CategoryMode categoryMode,
            @RequestParam(defaultValue = "true") boolean excludeSeen,
            @Parameter(description = RecommendationsRequest.DIVERSITY)
                    @RequestParam(required = false)
                    @DecimalMin(value = "0", message = "expected 0 to 1")
                    @DecimalMax(value = "1", message = "expected 0 to 1")
                    @Nullable
                    Double diversity,
            @Parameter(description = RecommendationsRequest.EXPLAIN) @RequestParam(defaultValue = "false")
                    boolean explain,
            @Parameter(description = RecommendationsRequest.MODEL) @RequestParam(required = false) @Nullable
                    Alias model,
            HttpServletRequest request) {
        return answer(
                Query.of(new Audience.User(userId), k)
                        .withCategories(categories(request), categoryMode)
                        .without(List.of(), excludeSeen)
                        .with(diversity == null ? null : new Variety(diversity, null, 0))
                        .explained(explain)
                        .exploring(traffic.exploration()),
                model);
    }

    /** Spring would split a value at its commas, and names of categories may have some. */
    private static List<String> categories(HttpServletRequest request) {
        String @Nullable [] categories = request.getParameterValues("category");
        if (categories == null) {
            return List.of();
        }
        if (categories.length > Limits.CATEGORIES) {
            throw ProblemException.invalid(
                    "category", "OUT_OF_RANGE", "expected at most 100 categories, got " + categories.length);
        }
        return List.of(categories);
    }

    @Operation(
            operationId = "recommendFor",
            summary = "The best k items for a user or for a session of somebody unknown")
    @PostMapping("/recommendations")
    RecommendationsAnswer recommend(@Valid @RequestBody RecommendationsRequest request) {
        return answer(request.query().exploring(traffic.exploration()), request.model());
    }

    @Operation(
            operationId = "rank",
            summary = "A list of the caller's, in a user's order",
            description =
                    "What the model does not know, or what is not available, is left out; a warning says how many.")
    @PostMapping("/rankings")
    RecommendationsAnswer rank(@Valid @RequestBody RankingsRequest request) {
        return answer(request.query(), request.model());
    }

    @Operation(operationId = "similar", summary = "The k items nearest to an item")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "category",
            description = "only items of this category; may be repeated",
            array = @ArraySchema(schema = @Schema(type = "string")))
    @GetMapping("/items/{itemId}/similar")
    RecommendationsAnswer similar(
            @PathVariable String itemId,
            @RequestParam(defaultValue = "10")
                    @Min(value = 1, message = "expected 1 to 1000")
                    @Max(value = Limits.K, message = "expected 1 to 1000")
                    int k,
            @Parameter(description = SimilarRequest.BY) @RequestParam(defaultValue = "blend") Aspect by,
            @RequestParam(defaultValue = "any") CategoryMode categoryMode,
            @Parameter(description = RecommendationsRequest.MODEL) @RequestParam(required = false) @Nullable
                    Alias model,
            HttpServletRequest request) {
        return similar(new SimilarQuery(List.of(itemId), k, by, categories(request), categoryMode, List.of()), model);
    }

    @Operation(
            operationId = "similarTo",
            summary = "The k items nearest to several items",
            description = "Nearest to the mean of their directions. Items that the model does not know are passed over;"
                    + " a warning says how many.")
    @PostMapping("/items:similar")
    RecommendationsAnswer similar(@Valid @RequestBody SimilarRequest request) {
        return similar(request.query(), request.model());
    }

    private RecommendationsAnswer similar(SimilarQuery query, @Nullable Alias model) {
        Chosen chosen = choice.choose(new Audience.Session(query.itemIds()), model);
        return timed("similar", query.k(), chosen, recommender -> recommender.similar(query));
    }

    private RecommendationsAnswer answer(Query query, @Nullable Alias model) {
        Chosen chosen = choice.choose(query.audience(), model);
        return timed("recommend", query.k(), chosen, recommender -> {
            Answer answer = recommender.recommend(query);
            shadow.compare(query, chosen.alias(), answer);
            return answer;
        });
    }

    /** One model for the whole request, and the time that its answer took. */
    private RecommendationsAnswer timed(String kind, int k, Chosen chosen, Function<Recommender, Answer> question) {
        long start = System.nanoTime();
        Answer answer = question.apply(new Recommender(chosen.model(), feed.data()));
        meters.record(kind, chosen.alias(), answer, Duration.ofNanos(System.nanoTime() - start));
        counts.count(chosen.arm(answer), answer.items().size());
        return RecommendationsAnswer.of(chosen, answer, k);
    }
}
