package dev.discern.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.api.Endpoint;
import dev.discern.cli.api.ServiceClient;
import dev.discern.cli.api.ServiceName;
import dev.discern.common.testing.TestDatabase;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The training service's own jar, in a process that can be killed. */
record TrainingProcess(Process process, ServiceClient client) implements AutoCloseable {

    static final Duration DEADLINE = Duration.ofMinutes(3);

    private static final String KEY = "end-to-end";

    /** Starts the service and waits until it is ready. */
    static TrainingProcess start(Path jar, Path home, TestDatabase database) throws IOException, InterruptedException {
        int port = freePort();
        Path log = Files.createTempFile(home, "training-", ".log");
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
                        "DISCERN_HOME", home.toString(),
                        "DISCERN_ARTIFACTS", home.resolve("artifacts").toString(),
                        "DISCERN_TRAINING_PORT", Integer.toString(port),
                        "DISCERN_API_KEY", KEY,
                        "DISCERN_JDBC_URL", database.jdbcUrl(),
                        "DISCERN_JDBC_USER", database.user(),
                        "DISCERN_JDBC_PASSWORD", database.password()));
        ServiceClient client = new ServiceClient(Endpoint.local(ServiceName.TRAINING, port), KEY);
        TrainingProcess started = new TrainingProcess(builder.start(), client);
        try {
            started.awaitReady(log);
            return started;
        } catch (InterruptedException | RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    private void awaitReady(Path log) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!client.healthy(ServiceName.TRAINING.startedPath())) {
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
