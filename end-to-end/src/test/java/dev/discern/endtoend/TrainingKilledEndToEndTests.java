package dev.discern.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.api.ServiceName;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.common.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code kill -9} in the middle of training: the restarted job ends with the model that an unbroken one would have made. */
class TrainingKilledEndToEndTests {

    private static final String TRAIN = "/v1/admin/training-jobs";
    private static final int EPOCHS = 40;
    private static final int MANY_EPOCHS = 2_000;
    private static final int KILLS = 10;
    private static final int LONGEST_MS = 1_500;

    @TempDir
    private Path home;

    private final TestDatabase database = TestDatabase.empty();

    @Test
    void aKilledJobGoesOnFromItsCheckpointToTheSameModel() throws Exception {
        JsonNode unbroken;
        long killed;
        long queued;
        try (ServiceProcess service = start()) {
            plantInteractions();
            unbroken = service.completed(start(service, 0.01));
            killed = start(service, 0.02);
            queued = start(service, 0.03);
            service.await(
                    killed,
                    job -> job.at("/progress/step").asString("").equals("fit")
                            && job.at("/progress/done").asInt() >= 3);
            service.kill();
        }
        try (ServiceProcess service = start()) {
            for (long job : new long[] {killed, queued}) {
                JsonNode found = service.await(job, any -> true);
                assertThat(found.at("/status").asString()).as(found.toString()).isEqualTo("FAILED");
            }
            long restarted = service.restart(killed);
            assertThat(restarted).isGreaterThan(queued);
            JsonNode first = service.await(restarted, job -> job.has("progress"));
            assertThat(first.at("/progress/done").asInt())
                    .as("it goes on, it does not begin again")
                    .isGreaterThanOrEqualTo(4);
            JsonNode broken = service.completed(restarted);

            assertThat(broken.at("/validation")).isEqualTo(unbroken.at("/validation"));
            assertThat(broken.at("/bestEpoch")).isEqualTo(unbroken.at("/bestEpoch"));
            assertThat(broken.at("/epochs")).isEqualTo(unbroken.at("/epochs"));
            Artifact found = artifact(broken);
            Artifact expected = artifact(unbroken);
            assertThat(found.users().values()).isEqualTo(expected.users().values());
            assertThat(found.items().values()).isEqualTo(expected.items().values());
            assertThat(found.itemBias()).isEqualTo(expected.itemBias());

            service.completed(service.restart(queued));
        }
    }

    /** At moments that the seed names, wherever the job then is. */
    @Test
    void aJobKilledTenTimesEndsWithTheSameFilesToTheBit() throws Exception {
        SplittableRandom random = new SplittableRandom(10);
        String unbroken;
        long job;
        try (ServiceProcess service = start()) {
            plantInteractions();
            unbroken = service.completed(start(service, 0.01, MANY_EPOCHS))
                    .at("/version")
                    .asString();
            job = start(service, 0.02, MANY_EPOCHS);
            Thread.sleep(random.nextInt(LONGEST_MS));
            service.kill();
        }
        for (int kills = 1; kills < KILLS; kills++) {
            try (ServiceProcess service = start()) {
                JsonNode found = service.await(job, any -> true);
                assertThat(found.at("/status").asString())
                        .as("after %d kills: %s", kills, found)
                        .isEqualTo("FAILED");
                job = service.restart(job);
                Thread.sleep(random.nextInt(LONGEST_MS));
                service.kill();
            }
        }
        try (ServiceProcess service = start()) {
            String broken =
                    service.completed(service.restart(job)).at("/version").asString();

            for (String file :
                    new String[] {"embeddings.safetensors", "users.ids", "items.ids", "seen.bin", "items.jsonl"}) {
                assertThat(models().resolve(broken).resolve(file))
                        .hasSameBinaryContentAs(models().resolve(unbroken).resolve(file));
            }
            assertThat(home.resolve("checkpoints")).isEmptyDirectory();
        }
    }

    private ServiceProcess start() throws IOException, InterruptedException {
        return ServiceProcess.start(ServiceName.TRAINING, home, database, Map.of());
    }

    /** The gate's rate belongs to a regularizer that is off: it changes nothing but which work this is. */
    private static long start(ServiceProcess service, double gateRate) {
        return start(service, gateRate, EPOCHS);
    }

    private static long start(ServiceProcess service, double gateRate, int epochs) {
        Map<String, Object> request = Map.of(
                "backbone",
                "bpr-mf",
                "parameters",
                Map.of("dim", 48, "maxEpochs", epochs, "patience", epochs, "gateRate", gateRate));
        return service.client().post(TRAIN, request, JsonNode.class).at("/id").asLong();
    }

    private Artifact artifact(JsonNode result) {
        return ArtifactReader.read(models().resolve(result.at("/version").asString()));
    }

    private Path models() {
        return home.resolve("artifacts/models");
    }

    /** 2,000 users with about 30 of 600 items each, those of their own tenth first of all. */
    private void plantInteractions() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select setseed(0.5)");
            statement.execute("insert into app_user (external_id) select 'u' || n from generate_series(1, 2000) n");
            statement.execute("insert into item (external_id) select 'i' || n from generate_series(1, 600) n");
            statement.execute("""
                    insert into interaction (user_id, item_id, event_time)
                    select u.id, i.id, timestamptz '2024-01-01' + random() * interval '1 year'
                    from app_user u cross join item i
                    where random() < case when u.id % 10 = i.id % 10 then 0.25 else 0.03 end""");
        }
    }
}
