package dev.discern.endtoend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code java -jar serving-service-*-exec.jar --discern.artifacts=DIR}, on a free port, in a process of its own. It needs nothing but the JDK, so
 * that it can run where nothing else is ({@link IsolatedServing}).
 */
record ServingJar(Process process, Path log, String address) implements AutoCloseable {

    private static final Path TARGET = Path.of("..", "serving-service", "target");
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final long START_NANOS = TimeUnit.MINUTES.toNanos(4);

    /**
     * Starts the jar with nothing in its environment that could configure it, and waits for its port.
     *
     * @param options further ones, such as {@code --discern.traffic.challenger-share=0.5}
     */
    static ServingJar start(Path artifacts, Path log, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar().toString(),
                "--discern.artifacts=" + artifacts,
                "--server.port=0",
                "--discern.parent-pid=" + ProcessHandle.current().pid()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(log.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DISCERN_") || name.startsWith("SPRING_"));
        Process process = builder.start();
        long deadline = System.nanoTime() + START_NANOS;
        while (true) {
            Matcher port = PORT.matcher(Files.readString(log));
            if (port.find()) {
                return new ServingJar(process, log, "http://127.0.0.1:" + port.group(1));
            }
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("the serving jar did not start:\n" + Files.readString(log));
            }
            Thread.sleep(50);
        }
    }

    private static Path jar() throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(TARGET, "serving-service-*-exec.jar")) {
            for (Path jar : jars) {
                return jar.toAbsolutePath();
            }
        }
        throw new IllegalStateException(
                "expected a serving-service-*-exec.jar in " + TARGET.toAbsolutePath() + ": run ./mvnw package");
    }

    /** Waits until a model answers. */
    void awaitReady(HttpClient http, long deadline) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/actuator/health/readiness"))
                .build();
        while (http.send(request, BodyHandlers.discarding()).statusCode() != 200) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no model answers:\n" + Files.readString(log));
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(25, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
