package dev.discern.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.api.ServiceName;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.common.testing.TestDatabase;
import dev.discern.training.testing.PlantedData;
import dev.discern.training.testing.PlantedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code kill -9} in the middle of training: the restarted job ends with the model that an unbroken one would have made. */
class TrainingKilledEndToEndTests {

    private static final String TRAIN = "/v1/admin/training-jobs";
    private static final int EPOCHS = 40;
    private static final int KILLS = 10;
    private static final List<String> STEPS = List.of("snapshot", "calibrate", "fit", "export");
    private static final int LONGEST_MS = 500;
    private static final int SHORT_MS = 80;
    private static final JsonMapper JSON = JsonMapper.builder().build();

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

    /**
     * A gated model, which has every step there is, and beside it one of another backbone. The seed names the moments: so long after the
     * first job has come to a step, if it has not come further. Checkpoints are written all the time, also within epochs.
     */
    @Test
    void jobsKilledTenTimesEndWithTheSameFilesToTheBit() throws Exception {
        Stage broken = new Stage(home.resolve("broken"));
        SplittableRandom random = new SplittableRandom(10);
        int[] step = random.ints(KILLS, 0, STEPS.size()).sorted().toArray();
        List<Long> jobs;
        List<String> hit = new ArrayList<>();
        try (ServiceProcess service = broken.start()) {
            jobs = broken.startTraining(service);
            killIn(STEPS.get(step[0]), service, jobs.get(0), random);
        }
        for (int kill = 1; kill < KILLS; kill++) {
            try (ServiceProcess service = broken.start()) {
                jobs = restartAll(service, jobs, hit);
                killIn(STEPS.get(step[kill]), service, jobs.get(0), random);
            }
        }
        List<JsonNode> results;
        try (ServiceProcess service = broken.start()) {
            results = completed(service, restartAll(service, jobs, hit));
        }

        Stage unbroken = new Stage(home.resolve("unbroken"));
        try (ServiceProcess service = unbroken.start()) {
            assertThat(results).isEqualTo(completed(service, unbroken.startTraining(service)));
        }
        assertThat(hit)
                .as("steps in which a kill met a job")
                .contains("calibrate", "fit")
                .hasSizeGreaterThanOrEqualTo(8);
        for (JsonNode result : results) {
            String version = result.at("/version").asString();
            assertSameModel(broken.model(version), unbroken.model(version));
        }
        assertThat(broken.home().resolve("checkpoints")).isEmptyDirectory();
    }

    /** Kills the service a moment after the job has come to this step. */
    private static void killIn(String step, ServiceProcess service, long job, SplittableRandom random)
            throws InterruptedException {
        service.await(
                job,
                found -> found.has("endedAt")
                        || STEPS.indexOf(found.at("/steps").size() == 0 ? "" : lastStep(found)) >= STEPS.indexOf(step));
        Thread.sleep(random.nextInt(step.equals("calibrate") || step.equals("fit") ? LONGEST_MS : SHORT_MS));
        service.kill();
    }

    private static String lastStep(JsonNode job) {
        return job.at("/steps/" + (job.at("/steps").size() - 1) + "/name").asString();
    }

    /** Restarts those that a kill has met, and tells in which step it did. */
    private static List<Long> restartAll(ServiceProcess service, List<Long> jobs, List<String> hit)
            throws InterruptedException {
        List<Long> restarted = new ArrayList<>();
        for (long job : jobs) {
            JsonNode found = service.await(job, any -> true);
            if (found.at("/status").asString().equals("COMPLETED")) {
                restarted.add(job);
                continue;
            }
            assertThat(found.at("/status").asString()).as(found.toString()).isEqualTo("FAILED");
            hit.add(found.at("/steps").size() == 0 ? "start" : lastStep(found));
            restarted.add(service.restart(job));
        }
        return restarted;
    }

    private static List<JsonNode> completed(ServiceProcess service, List<Long> jobs) throws InterruptedException {
        List<JsonNode> results = new ArrayList<>();
        for (long job : jobs) {
            results.add(service.completed(job));
        }
        return results;
    }

    /** All files, to the bit, but for when a manifest was written and which transactions of its database the data came from. */
    private static void assertSameModel(Path found, Path expected) throws IOException {
        List<String> files = names(expected);
        assertThat(names(found)).isEqualTo(files).contains("manifest.json");
        for (String file : files) {
            if (file.equals("manifest.json")) {
                assertThat(manifest(found)).isEqualTo(manifest(expected));
            } else {
                assertThat(found.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static JsonNode manifest(Path model) {
        JsonNode manifest = JSON.readTree(model.resolve("manifest.json").toFile());
        for (String ofItsDatabase : List.of("createdAt", "dataSnapshot")) {
            assertThat(manifest.at("/provenance").has(ofItsDatabase)).isTrue();
            ((ObjectNode) manifest.at("/provenance")).remove(ofItsDatabase);
        }
        return manifest;
    }

    /** A folder and a database, with planted data and what a judge said of them. */
    private static final class Stage {

        private static final PlantedData PLANTED = new PlantedData(400, 80, 3);

        private final Path home;
        private final TestDatabase database = TestDatabase.empty();

        Stage(Path home) throws IOException {
            this.home = Files.createDirectory(home);
        }

        Path home() {
            return home;
        }

        ServiceProcess start() throws IOException, InterruptedException {
            return ServiceProcess.start(
                    ServiceName.TRAINING,
                    home,
                    database,
                    Map.of("DISCERN_JOBS_CONCURRENT", "2", "DISCERN_TRAINING_CHECKPOINTINTERVAL", "1ms"));
        }

        /** Plants the data, once there are tables, and starts both jobs. */
        List<Long> startTraining(ServiceProcess service) {
            PlantedDatabase data = new PlantedDatabase(database.dataSource(), PLANTED);
            data.writeInteractions();
            data.writeItemVectors("e5-small-v2-q", true);
            long run = data.writeScoringRun("COMPLETED");
            return Stream.of(
                            Map.of(
                                    "backbone",
                                    "bpr-mf",
                                    "regularizer",
                                    "gated",
                                    "scoringRun",
                                    run,
                                    "parameters",
                                    Map.of("dim", 16, "warmUpEpochs", 700, "maxEpochs", 700, "patience", 700)),
                            Map.of(
                                    "backbone",
                                    "history",
                                    "regularizer",
                                    "gated",
                                    "scoringRun",
                                    run,
                                    "parameters",
                                    Map.of("dim", 6, "contentDim", 6, "epochs", 20, "batch", 64, "negatives", 32)))
                    .map(request -> service.client()
                            .post(TRAIN, request, JsonNode.class)
                            .at("/id")
                            .asLong())
                    .toList();
        }

        Path model(String version) {
            return home.resolve("artifacts/models").resolve(version);
        }
    }

    private ServiceProcess start() throws IOException, InterruptedException {
        return ServiceProcess.start(ServiceName.TRAINING, home, database, Map.of());
    }

    /** The gate's rate belongs to a regularizer that is off: it changes nothing but which work this is. */
    private static long start(ServiceProcess service, double gateRate) {
        Map<String, Object> request = Map.of(
                "backbone",
                "bpr-mf",
                "parameters",
                Map.of("dim", 48, "maxEpochs", EPOCHS, "patience", EPOCHS, "gateRate", gateRate));
        return service.client().post(TRAIN, request, JsonNode.class).at("/id").asLong();
    }

    private Artifact artifact(JsonNode result) {
        return ArtifactReader.read(
                home.resolve("artifacts/models").resolve(result.at("/version").asString()));
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
