package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.training.testing.TestClient.Answer;
import dev.discern.training.testing.TrainingServiceTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Jobs that are broken off, fail, or run side by side. */
class StopAndRestartIntegrationTests extends TrainingServiceTest {

    private static final String TRAIN = "/v1/admin/training-jobs";

    @Test
    void aJobThatWasStoppedAndRestartedEndsAsAnUnbrokenOne() {
        long run = database().writeScoringRun("COMPLETED");
        long job = client().start(TRAIN, ensemble(run, 100, 0.02));
        client().await(
                        job,
                        resource -> resource.at("/progress/step").asString("").equals("fit")
                                && resource.at("/progress/done").asInt() >= 2);

        assertThat(client().post("/v1/admin/jobs/" + job + ":stop", "").status())
                .isEqualTo(202);
        JsonNode stopped = client().ended(job);
        assertThat(stopped.at("/status").asString()).isEqualTo("STOPPED");
        assertThat(stopped.has("result")).isFalse();
        Answer stoppedAgain = client().post("/v1/admin/jobs/" + job + ":stop", "");
        assertThat(stoppedAgain.status()).isEqualTo(409);
        assertThat(stoppedAgain.body().at("/detail").asString())
                .isEqualTo("job %d is STOPPED and cannot be stopped".formatted(job));
        Answer restarted = client().post("/v1/admin/jobs/" + job + ":restart", "");
        assertThat(restarted.status()).isEqualTo(202);
        JsonNode broken = client().completed(restarted.body().at("/id").asLong());

        // The gate's rate is the paper's and changes nothing here, but makes it other work.
        JsonNode unbroken = client().completed(client().start(TRAIN, ensemble(run, 100, 0.03)));
        assertThat(broken.at("/gate/uncertainty").asString()).isEqualTo("ensemble");
        assertThat(broken.at("/validation")).isEqualTo(unbroken.at("/validation"));
        assertThat(broken.at("/bestEpoch")).isEqualTo(unbroken.at("/bestEpoch"));
        assertThat(broken.at("/epochs")).isEqualTo(unbroken.at("/epochs"));
        assertThat(broken.at("/gate")).isEqualTo(unbroken.at("/gate"));
        assertSameModel(broken, unbroken);
    }

    @Test
    void twoJobsSideBySideTrainAsEachDoesAlone() {
        long one = database().writeScoringRun("COMPLETED");
        long other = database().writeScoringRun("COMPLETED");
        jdbc.sql("""
                delete from pair_judgment where run_id = ? and preferred in (
                    select id from item where external_id < 'i00030')""").param(other).update();
        long first = client().start(TRAIN, gated(one, 15, 0.04));
        long second = client().start(TRAIN, gated(other, 15, 0.04));
        JsonNode firstBeside = client().completed(first);
        JsonNode secondBeside = client().completed(second);

        JsonNode firstAlone = client().completed(client().start(TRAIN, gated(one, 15, 0.05)));
        JsonNode secondAlone = client().completed(client().start(TRAIN, gated(other, 15, 0.05)));

        assertSameModel(firstBeside, firstAlone);
        assertSameModel(secondBeside, secondAlone);
        assertThat(artifact(firstAlone).items().values())
                .isNotEqualTo(artifact(secondAlone).items().values());
    }

    @Test
    void aRunThatDivergesFailsAndPublishesNothing() {
        long run = database().writeScoringRun("COMPLETED");
        long models = models();
        long job = client().start(TRAIN, """
                        {"backbone":"bpr-mf","regularizer":"pointwise","scoringRun":%d,
                         "parameters":{"dim":8,"maxEpochs":50,"patience":50,"learningRate":10,"lambda":100}}""".formatted(run));

        JsonNode failed = client().ended(job);

        assertThat(failed.at("/status").asString()).isEqualTo("FAILED");
        assertThat(failed.at("/lastError").asString())
                .matches("training diverged in epoch \\d+: the (user|item) (vectors|biases) are no longer finite,"
                        + " first in row \\d+ of \\d+ \\(learningRate 10.0, lambda 100.0\\); lower one of them");
        assertThat(models()).isEqualTo(models);
        assertThat(artifacts.resolve("models").resolve("bpr-mf-pointwise-" + job))
                .doesNotExist();
    }

    @Test
    void aGateWithoutAuditsSaysWhatItNeeds() {
        long run = database().writeScoringRun("COMPLETED");
        jdbc.sql("delete from candidate_set where run_id = ?").param(run).update();

        JsonNode failed = client().ended(client().start(TRAIN, gated(run, 4, 0.06)));

        assertThat(failed.at("/lastError").asString())
                .startsWith("the gate needs audit prompts of at least two users to be fitted and checked");
    }

    private static String gated(long run, int epochs, double gateRate) {
        return gated(run, "candidates", epochs, gateRate);
    }

    /** The gate compares two models. */
    private static String ensemble(long run, int epochs, double gateRate) {
        return gated(run, "ensemble", epochs, gateRate);
    }

    private static String gated(long run, String uncertainty, int epochs, double gateRate) {
        return """
                {"backbone":"bpr-mf","regularizer":"gated","scoringRun":%d,"uncertainty":"%s","parameters":
                 {"dim":8,"maxEpochs":%d,"patience":%d,"warmUpEpochs":3,"gateRate":%s}}""".formatted(run, uncertainty, epochs, epochs, gateRate);
    }

    private void assertSameModel(JsonNode found, JsonNode expected) {
        Artifact one = artifact(found);
        Artifact two = artifact(expected);
        assertThat(one.users().values()).isEqualTo(two.users().values());
        assertThat(one.items().values()).isEqualTo(two.items().values());
        assertThat(one.itemBias()).isEqualTo(two.itemBias());
    }

    private Artifact artifact(JsonNode result) {
        return ArtifactReader.read(
                artifacts.resolve("models").resolve(result.at("/version").asString()));
    }

    private long models() {
        return jdbc.sql("select count(*) from model_version").query(Long.class).single();
    }
}
