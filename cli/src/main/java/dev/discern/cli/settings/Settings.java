package dev.discern.cli.settings;

import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The environment a command runs in. It is passed in, so that tests set it.
 *
 * @param environment environment variables
 * @param workingFolder what relative paths start from
 */
public record Settings(Map<String, String> environment, Path workingFolder) {

    public Settings {
        environment = Map.copyOf(environment);
    }

    /** The process's own. */
    public static Settings system() {
        return new Settings(System.getenv(), Path.of("").toAbsolutePath());
    }

    /** A variable that is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** State of the embedded stack: {@code DISCERN_HOME}, else {@code .discern} in the working folder. */
    public Path home() {
        return workingFolder
                .resolve(variable("DISCERN_HOME").orElse(".discern"))
                .normalize();
    }

    /** The repository whose jars are run; the launcher script passes it as {@code DISCERN_REPO}. */
    public Path repository() {
        return workingFolder
                .resolve(
                        variable("DISCERN_REPO")
                                .orElseThrow(
                                        () -> CliException.failed(
                                                "DISCERN_REPO is not set, so the services' jars cannot be found: run ./discern, which sets it")))
                .normalize();
    }

    /**
     * The executable jar of a module.
     *
     * @throws CliException when it has not been built
     */
    public Path jar(String module) {
        Path target = repository().resolve(module).resolve("target");
        try (var files = Files.newDirectoryStream(target, module + "-*-exec.jar")) {
            // After a change of version the old one may still lie there.
            return StreamSupport.stream(files.spliterator(), false)
                    .max(Comparator.comparingLong(jar -> jar.toFile().lastModified()))
                    .orElseThrow(() -> missingJar(module, target));
        } catch (IOException e) {
            throw missingJar(module, target);
        }
    }

    private static CliException missingJar(String module, Path target) {
        return CliException.failed(
                "there is no %s-*-exec.jar in %s: run ./discern, which builds it, or ./mvnw -DskipTests package"
                        .formatted(module, target));
    }

    /** A number from the environment. */
    public int port(String variable, int standard) {
        Optional<String> value = variable(variable);
        if (value.isEmpty()) {
            return standard;
        }
        try {
            int port = Integer.parseInt(value.get());
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same message.
        }
        throw CliException.badUsage("%s is \"%s\", expected a port from 1 to 65535".formatted(variable, value.get()));
    }
}
