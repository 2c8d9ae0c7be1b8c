package dev.discern.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.api.Endpoint;
import dev.discern.cli.api.ServiceClient;
import dev.discern.cli.api.ServiceName;
import dev.discern.cli.settings.Settings;
import dev.discern.common.testing.TestDatabase;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The own jar of a service with a database, in a process that can be killed. */
record ServiceProcess(Process process, ServiceClient client) implements AutoCloseable {

    static final Duration DEADLINE = Duration.ofMinutes(6);

    private static final String JOBS = "/v1/admin/jobs/";
    private static final String KEY = "end-to-end";

    /**
     * Starts the service and waits until it is ready.
     *
     * @param settings environment variables beside those that every service needs
     */
    static ServiceProcess start(ServiceName service, Path home, TestDatabase database, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path jar = new Settings(Map.of("DISCERN_REPO", ".."), Path.of("").toAbsolutePath()).jar(service.module());
        int port = freePort();
        Path log = Files.createTempFile(home, service.label() + "-", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx500m",
                        "-XX:+UseSerialGC",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        jar.toString(),
                        "--discern.parent-pid=" + ProcessHandle.current().pid())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment()
                .putAll(Map.of(
                        "DISCERN_HOME",
                        home.toString(),
                        "DISCERN_ARTIFACTS",
                        home.resolve("artifacts").toString(),
                        service.portVariable(),
                        Integer.toString(port),
                        "DISCERN_API_KEY",
                        KEY,
                        "DISCERN_JDBC_URL",
                        database.jdbcUrl(),
                        "DISCERN_JDBC_USER",
                        database.user(),
                        "DISCERN_JDBC_PASSWORD",
                        database.password()));
        builder.environment().putAll(settings);
        ServiceClient client = new ServiceClient(Endpoint.local(service, port), KEY);
        ServiceProcess started = new ServiceProcess(builder.start(), client);
        try {
            started.awaitReady(service, log);
            return started;
        } catch (InterruptedException | RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    private void awaitReady(ServiceName service, Path log) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!client.healthy(service.startedPath())) {
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As {@code kill} does; waits for the end. */
    void terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }

    /** The job of this id, once it is as wanted. */
    JsonNode await(long job, Predicate<JsonNode> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            JsonNode found = client.get(JOBS + job, JsonNode.class);
            if (wanted.test(found)) {
                return found;
            }
            assertThat(System.nanoTime()).as("deadline for " + found).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    /** The result of this job, once it is done. */
    JsonNode completed(long job) throws InterruptedException {
        JsonNode ended = await(job, found -> found.has("endedAt"));
        assertThat(ended.at("/status").asString()).as(ended.toPrettyString()).isEqualTo("COMPLETED");
        return ended.at("/result");
    }

    /** Restarts an ended job: the id of its new execution. */
    long restart(long job) {
        return client.post(JOBS + job + ":restart", JsonNode.class).at("/id").asLong();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** A port that nobody uses now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
