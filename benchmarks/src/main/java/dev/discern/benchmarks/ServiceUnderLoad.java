package dev.discern.benchmarks;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * The serving jar in a process of its own, on a free port of the loopback, with a key as in production. Its rate limit is out of reach:
 * all requests of a benchmark have one key.
 */
record ServiceUnderLoad(Process process, Path log, int port) implements AutoCloseable {

    static final String KEY = "benchmark";

    private static final int OUT_OF_REACH = 10_000_000; // requests/s
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final long START_NANOS = TimeUnit.MINUTES.toNanos(4);
    private static final int LOOK_MILLIS = 50;
    private static final int STOP_SECONDS = 25;

    /** The jar as it is. */
    static ServiceUnderLoad serving(Path jar, Path artifacts, Path log, int heapMegabytes) {
        return start(List.of("-jar", jar.toString()), List.of("--discern.artifacts=" + artifacts), log, heapMegabytes);
    }

    /**
     * The jar with {@link EmptyService} in place of its own classes.
     *
     * @param answer a file with the bytes to answer
     */
    static ServiceUnderLoad empty(Path jar, Path answer, Path folder, int heapMegabytes) {
        String name = EmptyService.class.getName().replace('.', '/') + ".class";
        Path classes = folder.resolve("empty");
        try (InputStream code = Objects.requireNonNull(EmptyService.class.getResourceAsStream("/" + name))) {
            Files.createDirectories(classes.resolve(name).getParent());
            Files.copy(code, classes.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return start(
                List.of(
                        "-Dloader.main=" + EmptyService.class.getName(),
                        "-Dloader.path=" + classes,
                        "-cp",
                        jar.toString(),
                        "org.springframework.boot.loader.launch.PropertiesLauncher"),
                List.of(
                        "--discern.artifacts=" + folder,
                        "--discern.benchmark.answer=" + answer,
                        // The readiness group names the model's health, which is not there.
                        "--management.endpoint.health.validate-group-membership=false"),
                folder.resolve("empty.log"),
                heapMegabytes);
    }

    private static ServiceUnderLoad start(List<String> program, List<String> settings, Path log, int heapMegabytes) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx%dm".formatted(heapMegabytes),
                "-XX:+UseSerialGC",
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(program);
        command.addAll(settings);
        command.addAll(List.of(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--discern.security.api-key=" + KEY,
                "--discern.guard.requests-per-second=" + OUT_OF_REACH,
                "--discern.guard.burst=" + OUT_OF_REACH,
                "--discern.parent-pid=" + ProcessHandle.current().pid()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DISCERN_") || name.startsWith("SPRING_"));
        try {
            Process process = builder.start();
            try {
                return new ServiceUnderLoad(process, log, awaitPort(process, log));
            } catch (IOException | RuntimeException e) {
                process.destroyForcibly();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not start the service: " + e.getMessage(), e);
        }
    }

    private static int awaitPort(Process process, Path log) throws IOException {
        long deadline = System.nanoTime() + START_NANOS;
        while (true) {
            Matcher port = PORT.matcher(Files.readString(log));
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the service did not start:\n" + Files.readString(log));
            }
            pause();
        }
    }

    /** Waits until a request is answered 200. */
    void awaitReady(String target) throws IOException {
        long deadline = System.nanoTime() + START_NANOS;
        try (LoadConnection connection = new LoadConnection(port)) {
            while (connection.get(target).status() != 200) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException("the service does not answer:\n" + Files.readString(log));
                }
                pause();
            }
        }
    }

    /** Bytes of its heap that are reachable: it collects first. */
    @SuppressWarnings("BanJNDI") // to a process of our own, at the address that it gives itself
    long heldHeap() {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            try (JMXConnector connector =
                    JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
                MemoryMXBean memory =
                        ManagementFactory.getPlatformMXBean(connector.getMBeanServerConnection(), MemoryMXBean.class);
                memory.gc();
                return memory.getHeapMemoryUsage().getUsed();
            } finally {
                machine.detach();
            }
        } catch (IOException | AttachNotSupportedException e) {
            throw new IllegalStateException("could not ask the service for its heap: " + e.getMessage(), e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a service starts", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
