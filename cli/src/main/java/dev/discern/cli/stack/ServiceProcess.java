package dev.discern.cli.stack;

import dev.discern.cli.api.ServiceName;
import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One service as a child process. */
record ServiceProcess(ServiceName service, Process process, Path log) {

    /** The key of an LLM is the scoring service's alone; it has it from the environment of this process. */
    private static final String LLM_VARIABLES = "DISCERN_LLM_";

    /** Services finish the requests they have, within 20 s. */
    private static final Duration STOP = Duration.ofSeconds(25);

    /** Starts {@code java} with the given options; what it prints goes to the log, the log before to {@code .log.1}. */
    static ServiceProcess start(ServiceName service, List<String> program, Map<String, String> environment, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program);
        // The service ends with this process, however that ends.
        command.add("--discern.parent-pid=" + ProcessHandle.current().pid());
        try {
            Files.createDirectories(log.getParent());
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(log.toFile()))
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
            if (service != ServiceName.SCORING) {
                builder.environment().keySet().removeIf(name -> name.startsWith(LLM_VARIABLES));
            }
            builder.environment().putAll(environment);
            return new ServiceProcess(service, builder.start(), log);
        } catch (IOException e) {
            throw CliException.failed(
                    "could not start the %s service: %s".formatted(service.label(), e.getMessage()), e);
        }
    }

    /** Asks the service to end. */
    void requestStop() {
        process.destroy();
    }

    /** Waits until it has ended, and ends it when it takes too long. */
    void awaitStop() throws InterruptedException {
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
