package dev.discern.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service in a process of its own, told of another process as its parent. */
class ParentProcessWatchIntegrationTests {

    @TempDir
    private Path folder;

    @Test
    void endsWhenItsParentHasEnded() throws Exception {
        Process parent = new ProcessBuilder("sleep", "600").start();
        Process service = service(parent.pid());
        try {
            assertThat(started(service)).isTrue();
            assertThat(service.isAlive()).as("it lives as long as its parent").isTrue();

            parent.destroyForcibly();

            assertThat(service.waitFor(1, TimeUnit.MINUTES)).as(log()).isTrue();
            assertThat(service.exitValue()).isZero();
            assertThat(log()).contains("the process %d that started this service has ended".formatted(parent.pid()));
        } finally {
            parent.destroyForcibly();
            service.destroyForcibly();
        }
    }

    @Test
    void endsAtOnceWhenItsParentHasEndedBefore() throws Exception {
        Process parent = new ProcessBuilder("true").start();
        parent.waitFor();
        Process service = service(parent.pid());
        try {
            assertThat(service.waitFor(1, TimeUnit.MINUTES)).as(log()).isTrue();
            assertThat(service.exitValue()).isZero();
        } finally {
            service.destroyForcibly();
        }
    }

    private Process service(long parentPid) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                WebApplication.class.getName(),
                "--server.port=0",
                "--discern.parent-pid=" + parentPid));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private boolean started(Process service) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (service.isAlive() && System.nanoTime() < deadline) {
            if (log().contains("Started WebApplication")) {
                return true;
            }
            Thread.sleep(50);
        }
        return false;
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }
}
