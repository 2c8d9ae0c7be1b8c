package dev.discern.cli.command;

import dev.discern.cli.settings.Settings;
import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The environment as docker-compose sees it: the repository's {@code .env} file, and over it the process's own variables. */
final class ComposeSettings {

    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)");
    private static final Pattern QUOTED = Pattern.compile("([\"'])(.*)\\1(?:\\s+#.*)?");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s+)#.*");

    private ComposeSettings() {}

    static Settings of(Settings settings) {
        Path file = settings.repository().resolve(".env");
        Map<String, String> environment = new HashMap<>();
        if (Files.exists(file)) {
            try {
                Files.readAllLines(file).forEach(line -> put(line, environment));
            } catch (IOException e) {
                throw CliException.failed("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        environment.putAll(settings.environment());
        return new Settings(environment, settings.workingFolder());
    }

    private static void put(String line, Map<String, String> environment) {
        Matcher assignment = ASSIGNMENT.matcher(line);
        if (assignment.matches()) {
            String value = assignment.group(2).strip();
            Matcher quoted = QUOTED.matcher(value);
            environment.put(
                    assignment.group(1),
                    quoted.matches() ? quoted.group(2) : COMMENT.matcher(value).replaceFirst(""));
        }
    }
}
