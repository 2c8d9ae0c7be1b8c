package dev.discern.serving.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.discern.common.artifact.Alias;
import dev.discern.serving.live.LiveFeed;
import dev.discern.serving.recommend.Answer;
import dev.discern.serving.recommend.Audience;
import dev.discern.serving.recommend.ModelChoice;
import dev.discern.serving.recommend.ModelChoice.Chosen;
import dev.discern.serving.recommend.Query;
import dev.discern.serving.recommend.Recommender;
import dev.discern.serving.recommend.TrafficProperties;
import dev.discern.serving.traffic.ArmCounts;
import dev.discern.serving.traffic.ShadowAnswers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Answers for many users at once. */
@RestController
@Tag(name = "Recommendations")
final class BatchController {

    /** Users searched together, whose answers are in memory at a time. */
    private static final int TOGETHER = 64;

    private final ModelChoice choice;
    private final LiveFeed feed;
    private final TrafficProperties traffic;
    private final JsonMapper json;
    private final ArmCounts counts;
    private final ShadowAnswers shadow;

    BatchController(
            ModelChoice choice,
            LiveFeed feed,
            TrafficProperties traffic,
            JsonMapper json,
            ArmCounts counts,
            ShadowAnswers shadow) {
        this.choice = choice;
        this.feed = feed;
        this.traffic = traffic;
        this.json = json;
        this.counts = counts;
        this.shadow = shadow;
    }

    /** A line of the answer. */
    record Line(String userId, @JsonUnwrapped RecommendationsAnswer answer) {}

    @Operation(
            operationId = "recommendBatch",
            summary = "The best k items for each of many users, one JSON object a line, in the users' order",
            description =
                    "Lines are written as they are made: who reads slowly makes the service wait. Each model answers whole: one that"
                            + " is replaced meanwhile goes on to the end.")
    @ApiResponse(
            responseCode = "200",
            description = "lines, each a RecommendationsAnswer with its userId",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_NDJSON_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @PostMapping(path = "/v1/recommendations:batch", produces = MediaType.APPLICATION_NDJSON_VALUE)
    void batch(@Valid @RequestBody BatchRequest request, HttpServletResponse response) throws IOException {
        List<Chosen> chosen = request.userIds().stream()
                .map(user -> choice.choose(new Audience.User(user), request.model()))
                .toList(); // before anything is written: a problem is then still an answer
        Map<Alias, Recommender> recommenders = new EnumMap<>(Alias.class);
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        OutputStream out = response.getOutputStream();
        for (int from = 0; from < chosen.size(); from += TOGETHER) {
            int to = Math.min(from + TOGETHER, chosen.size());
            write(request, from, chosen.subList(from, to), recommenders, out);
        }
        out.flush();
    }

    private void write(
            BatchRequest request, int from, List<Chosen> chosen, Map<Alias, Recommender> recommenders, OutputStream out)
            throws IOException {
        RecommendationsAnswer[] answers = new RecommendationsAnswer[chosen.size()];
        for (Alias alias : Alias.values()) {
            List<Integer> places = IntStream.range(0, answers.length)
                    .filter(place -> chosen.get(place).alias() == alias)
                    .boxed()
                    .toList();
            if (places.isEmpty()) {
                continue;
            }
            Recommender recommender = recommenders.computeIfAbsent(
                    alias, _ -> new Recommender(chosen.get(places.getFirst()).model(), feed.data()));
            List<Query> queries = places.stream()
                    .map(place ->
                            request.query(request.userIds().get(from + place)).exploring(traffic.exploration()))
                    .toList();
            List<Answer> made = recommender.recommend(queries);
            for (int n = 0; n < made.size(); n++) {
                Answer answer = made.get(n);
                Chosen by = chosen.get(places.get(n));
                answers[places.get(n)] = RecommendationsAnswer.of(by, answer, request.wanted());
                counts.count(by.arm(answer), answer.items().size());
                shadow.compare(queries.get(n), alias, answer);
            }
        }
        for (int place = 0; place < answers.length; place++) {
            out.write(json.writeValueAsBytes(new Line(request.userIds().get(from + place), answers[place])));
            out.write('\n');
        }
    }
}
