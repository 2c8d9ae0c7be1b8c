package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.training.testing.TestClient.Answer;
import dev.discern.training.testing.TrainingServiceTest;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** A search from a request to what it found, and over a restart. */
class SearchIntegrationTests extends TrainingServiceTest {

    private static final String SEARCH = "/v1/admin/search-jobs";

    @Test
    void aSaneLearningRateWinsOverAbsurdOnes() {
        JsonNode found = client().completed(client().start(SEARCH, """
                {"backbone":"bpr-mf","trials":4,"ranges":{"learningRate":{"values":[2e-6,1e-5,0.3,1e-4]}},
                 "parameters":{"dim":8,"maxEpochs":30,"patience":30}}"""));

        assertThat(found.at("/chosen/parameters/learningRate").asDouble()).isEqualTo(0.3);
        assertThat(found.at("/trials").size()).isEqualTo(4);
        assertThat(validations(found, 1).max().orElseThrow())
                .isEqualTo(found.at("/chosen/validation").asDouble());
        assertThat(found.at("/chosen/test/all/ndcg@10").asDouble()).isGreaterThan(0.1);
        assertThat(found.at("/chosen/test/all/users").asInt()).isEqualTo(PLANTED.users());
        JsonNode training = found.at("/chosen/training");
        assertThat(training.at("/parameters/learningRate").asDouble()).isEqualTo(0.3);

        // The request that it tells trains the very model that it has chosen, which nobody has published yet.
        JsonNode model = client().completed(client().start("/v1/admin/training-jobs", training.toString()));
        assertThat(model.at("/validation/ndcg@10")).isEqualTo(found.at("/chosen/validation"));
    }

    @Test
    void halvingTrainsTheBetterHalfOn() {
        long run = database().writeScoringRun("COMPLETED");
        JsonNode found = client().completed(client().start(SEARCH, """
                {"backbone":"bpr-mf","regularizer":"gated","scoringRun":%d,"trials":8,"strategy":"halving","rungs":3,
                 "ranges":{"learningRate":{"low":1e-4,"high":1,"scale":"log"},"lambda":{"values":[0.1,0.3,1]}},
                 "parameters":{"dim":8,"maxEpochs":16,"patience":16,"warmUpEpochs":3}}""".formatted(run)));

        assertThat(validations(found, 1).count()).isEqualTo(8);
        assertThat(validations(found, 2).count()).isEqualTo(4);
        assertThat(validations(found, 3).count()).isEqualTo(2);
        double worstOfSecond = StreamSupport.stream(found.at("/trials").spliterator(), false)
                .filter(trial -> trial.at("/rungs").size() > 1)
                .mapToDouble(trial -> trial.at("/rungs/0/validation").asDouble())
                .min()
                .orElseThrow();
        assertThat(validations(found, 1).filter(value -> value > worstOfSecond).count())
                .isLessThan(4);
        assertThat(found.at("/chosen/rung").asInt()).isEqualTo(3);
        JsonNode model = client().completed(client().start(
                        "/v1/admin/training-jobs", found.at("/chosen/training").toString()));
        assertThat(model.at("/validation/ndcg@10"))
                .as("a trial that went on from rung to rung is the one that is trained in one go")
                .isEqualTo(found.at("/chosen/validation"));
    }

    @Test
    void theHistoryModelIsTrainedAgainOnEveryRung() {
        jdbc.sql("delete from item_vector").update();
        database().writeItemVectors("e5-small-v2-q", true);
        long run = database().writeScoringRun("COMPLETED");
        JsonNode found = client().completed(client().start(SEARCH, """
                {"backbone":"history","regularizer":"gated","scoringRun":%d,"trials":4,"strategy":"halving",
                 "ranges":{"lambda":{"low":0.1,"high":3,"scale":"log"}},
                 "parameters":{"dim":8,"contentDim":4,"epochs":4,"batch":64,"negatives":32,"learningRate":0.02}}""".formatted(run)));

        assertThat(found.at("/rungs/0/epochs").asInt()).isEqualTo(1);
        assertThat(found.at("/rungs/2/epochs").asInt()).isEqualTo(4);
        JsonNode model = client().completed(client().start(
                        "/v1/admin/training-jobs", found.at("/chosen/training").toString()));
        assertThat(model.at("/validation/ndcg@10")).isEqualTo(found.at("/chosen/validation"));
    }

    @Test
    void aTrialThatDivergesIsAResult() {
        long run = database().writeScoringRun("COMPLETED");
        JsonNode found = client().completed(client().start(SEARCH, """
                {"backbone":"bpr-mf","regularizer":"pointwise","scoringRun":%d,"trials":2,
                 "ranges":{"lambda":{"values":[0.01,100]}},
                 "parameters":{"dim":8,"maxEpochs":50,"patience":50,"learningRate":10}}""".formatted(run)));

        JsonNode diverged = StreamSupport.stream(found.at("/trials").spliterator(), false)
                .filter(trial -> trial.at("/parameters/lambda").asDouble() == 100)
                .findFirst()
                .orElseThrow();
        assertThat(diverged.at("/rungs/0/failure").asString())
                .matches("training diverged in epoch \\d+: the (user|item) (vectors|biases) are no longer finite,"
                        + " first in row \\d+ of \\d+ \\(learningRate 10.0, lambda 100.0\\); lower one of them");
        assertThat(diverged.at("/rungs/0").hasNonNull("validation")).isFalse();
    }

    @Test
    void aSearchThatWasStoppedGoesOnWhereItWas() {
        String request = """
                {"backbone":"bpr-mf","trials":8,"strategy":"halving",
                 "ranges":{"learningRate":{"low":0.1,"high":1,"scale":"log"}},
                 "parameters":{"dim":8,"maxEpochs":160,"patience":160,"margin":%d}}""";
        long job = client().start(SEARCH, request.formatted(1));
        client().await(
                        job,
                        resource -> resource.has("endedAt")
                                || resource.at("/progress/done").asInt() >= 2);
        client().post("/v1/admin/jobs/" + job + ":stop", "");
        JsonNode stopped = client().ended(job);
        assertThat(stopped.at("/status").asString()).isEqualTo("STOPPED");
        assertThat(stopped.has("result")).isFalse();

        JsonNode broken = client().completed(client().start(SEARCH, request.formatted(1)));
        // The margin is that of hinge losses and changes nothing here, but makes it other work.
        JsonNode unbroken = client().completed(client().start(SEARCH, request.formatted(2)));

        for (int rung = 1; rung <= 4; rung++) {
            assertThat(validations(broken, rung).toArray())
                    .isEqualTo(validations(unbroken, rung).toArray());
        }
        assertThat(broken.at("/chosen/test")).isEqualTo(unbroken.at("/chosen/test"));
    }

    static final List<Arguments> WRONG = List.of(
            Arguments.of("{}", "/ranges", "name the range of one parameter at least"),
            Arguments.of("{\"backbone\":\"svd\"}", "/backbone", "backbone 'svd' is unknown"),
            Arguments.of("{\"trials\":0}", "/trials", "trials must be in [1, 256], not 0"),
            Arguments.of("{\"strategy\":\"grid\"}", "/strategy", "known are random, halving"),
            Arguments.of("{\"eta\":2}", "/eta", "eta belongs to the strategy halving only"),
            Arguments.of("{\"strategy\":\"halving\",\"eta\":5}", "/eta", "eta must be in [2, 4], not 5"),
            Arguments.of("{\"strategy\":\"halving\",\"trials\":3,\"rungs\":3}", "/rungs", "must be in [1, 2], not 3"),
            Arguments.of(
                    ranges("\"rate\":{\"low\":1,\"high\":2}"), "/ranges/rate", "known are [dim, contentDim, epochs"),
            Arguments.of(ranges("\"dim\":null"), "/ranges/dim", "say from low to high, or values"),
            Arguments.of(ranges("\"dim\":{\"low\":8}"), "/ranges/dim/high", "say both low and high"),
            Arguments.of(
                    ranges("\"dim\":{\"low\":8,\"high\":8}"), "/ranges/dim", "low must be below high, not 8 and 8"),
            Arguments.of(
                    ranges("\"dim\":{\"low\":8,\"high\":2000}"), "/ranges/dim/high", "must be in [1, 1024], not 2000"),
            Arguments.of(ranges("\"dim\":{\"low\":8.5,\"high\":16}"), "/ranges/dim/low", ""),
            Arguments.of(ranges("\"dim\":{\"low\":8,\"high\":9,\"scale\":\"cubic\"}"), "/ranges/dim/scale", "'cubic'"),
            Arguments.of(
                    ranges("\"rareGain\":{\"low\":0,\"high\":0.1,\"scale\":\"log\"}"),
                    "/ranges/rareGain/low",
                    "must be above 0 on a log scale, not 0"),
            Arguments.of(ranges("\"dim\":{\"values\":[]}"), "/ranges/dim/values", "name one value at least"),
            Arguments.of(ranges("\"dim\":{\"values\":[8,null]}"), "/ranges/dim/values/1", "expected a number"),
            Arguments.of(ranges("\"dim\":{\"values\":[8,0]}"), "/ranges/dim/values/1", "must be in [1, 1024], not 0"),
            Arguments.of(ranges("\"dim\":{\"values\":[8],\"low\":1}"), "/ranges/dim", "either values, or low and high"),
            Arguments.of(ranges("\"dim\":{\"values\":[8,9]}"), "/trials", "trials must be at most 2, not 16"),
            Arguments.of(ranges("\"lambda\":{\"low\":0.1,\"high\":1}"), "/ranges/lambda", "regularizer is off"),
            Arguments.of(
                    "{\"ranges\":{\"dim\":{\"low\":8,\"high\":16}},\"parameters\":{\"dim\":8}}",
                    "/ranges/dim",
                    "dim has a value in parameters"),
            Arguments.of(
                    "{\"strategy\":\"halving\",\"ranges\":{\"epochs\":{\"low\":8,\"high\":16}}}",
                    "/ranges/epochs",
                    "give epochs in parameters"),
            Arguments.of(
                    "{\"backbone\":\"bpr-mf\",\"strategy\":\"halving\",\"ranges\":{\"maxEpochs\":{\"low\":8,\"high\":16}}}",
                    "/ranges/maxEpochs",
                    "give maxEpochs in parameters"));

    @ParameterizedTest
    @FieldSource("WRONG")
    void saysWhatIsWrong(String request, String pointer, String message) {
        Answer answer = client().post(SEARCH, request);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(answer.body().at("/errors/0/message").asString()).contains(message);
    }

    private static String ranges(String range) {
        return "{\"ranges\":{%s}}".formatted(range);
    }

    private static DoubleStream validations(JsonNode found, int rung) {
        return StreamSupport.stream(found.at("/trials").spliterator(), false)
                .map(trial -> trial.at("/rungs/%d/validation".formatted(rung - 1)))
                .filter(JsonNode::isNumber)
                .mapToDouble(JsonNode::asDouble);
    }
}
