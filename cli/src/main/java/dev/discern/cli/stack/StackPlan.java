package dev.discern.cli.stack;

import dev.discern.cli.api.ServiceName;
import dev.discern.cli.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What to start.
 *
 * @param data key of the data set: its database, artifacts and uploads are its own, so that two never mix
 * @param jdbcUrl a Postgres that runs already, instead of the embedded one
 * @param program the options, and jar or class, that run a service on {@code java}
 */
public record StackPlan(
        Path home, String data, Ports ports, @Nullable String jdbcUrl, Function<ServiceName, List<String>> program) {

    /** The services' jars. */
    public static StackPlan of(Settings settings, String data, Ports ports, @Nullable String jdbcUrl) {
        return new StackPlan(
                settings.home(),
                data,
                ports,
                jdbcUrl,
                service -> List.of(
                        "-Xmx" + heap(service),
                        // The smallest collector: all services together stay below 3 GB, and their large arrays live
                        // long.
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        settings.jar(service.module()).toString()));
    }

    private static String heap(ServiceName service) {
        return switch (service) {
            case SCORING -> "700m";
            case TRAINING -> "1000m";
            case SERVING -> "400m";
        };
    }

    /** The data set's own folder: artifacts, uploads, checkpoints. */
    Path dataFolder() {
        return home.resolve("data").resolve(data);
    }

    Path log(String name) {
        return home.resolve("logs").resolve(name + ".log");
    }

    /** The data set's own database. */
    String databaseName() {
        return "discern_" + data.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }
}
