package dev.discern.cli.command;

import dev.discern.cli.settings.Settings;
import dev.discern.cli.stack.Ports;
import dev.discern.cli.stack.StackPlan;
import dev.discern.cli.stack.StackState;
import dev.discern.cli.terminal.CliException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code demo}, {@code up} and {@code evaluate --data} share. */
final class StackOptions {

    @Option(
            names = "--ports",
            paramLabel = "auto",
            description =
                    "auto: any free ports instead of DISCERN_SERVING_PORT (8080), DISCERN_SCORING_PORT (8081), DISCERN_TRAINING_PORT (8082)")
    private @Nullable String ports;

    @Option(
            names = "--jdbc-url",
            paramLabel = "URL",
            description =
                    "a Postgres that runs already, instead of the embedded one; user and password from DISCERN_JDBC_USER and DISCERN_JDBC_PASSWORD")
    private @Nullable String jdbcUrl;

    StackPlan plan(Settings settings, String data) {
        if (ports != null && !ports.equals("auto")) {
            throw CliException.badUsage(
                    "--ports \"%s\": expected auto; single ports are set by environment variables".formatted(ports));
        }
        if (jdbcUrl != null && !jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw CliException.badUsage(
                    "--jdbc-url \"%s\": expected jdbc:postgresql://HOST:PORT/DATABASE".formatted(jdbcUrl));
        }
        StackState.requireNone(settings.home());
        return StackPlan.of(settings, data, ports == null ? Ports.configured(settings) : Ports.anyFree(), jdbcUrl);
    }

    /** Whether any of them was given. */
    boolean given() {
        return !arguments().isEmpty();
    }

    /** The same options again, for another process. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (ports != null) {
            arguments.addAll(List.of("--ports", ports));
        }
        if (jdbcUrl != null) {
            arguments.addAll(List.of("--jdbc-url", jdbcUrl));
        }
        return arguments;
    }
}
