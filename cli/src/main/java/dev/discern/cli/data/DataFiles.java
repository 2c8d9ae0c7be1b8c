package dev.discern.cli.data;

import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The two files of a data set. */
public record DataFiles(Path items, Path interactions) {

    private static final String ENDINGS = ".csv, .csv.gz, .jsonl or .jsonl.gz";

    /**
     * Finds them in a folder: {@code items} and {@code interactions}, CSV or JSON lines, plain or gzip.
     *
     * @throws CliException when one is missing, or there are several to choose from
     */
    public static DataFiles in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw CliException.badUsage(folder + " is no folder: expected one with items.csv and interactions.csv");
        }
        return new DataFiles(find(folder, "items"), find(folder, "interactions"));
    }

    /** Two files named one by one. */
    public static DataFiles of(Path items, Path interactions) {
        return new DataFiles(requireFile(items), requireFile(interactions));
    }

    private static Path find(Path folder, String name) {
        Pattern pattern = Pattern.compile(Pattern.quote(name) + "\\.(csv|jsonl)(\\.gz)?");
        List<Path> found;
        try (var files = Files.list(folder)) {
            found = files.filter(file ->
                            pattern.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw CliException.failed("cannot list " + folder + ": " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw CliException.badUsage(
                    "%s has no %s file: expected %s with the ending %s".formatted(folder, name, name, ENDINGS));
        }
        if (found.size() > 1) {
            throw CliException.badUsage("%s has several %s files, expected one: %s"
                    .formatted(
                            folder,
                            name,
                            found.stream()
                                    .map(file -> String.valueOf(file.getFileName()))
                                    .collect(Collectors.joining(", "))));
        }
        return requireFile(found.getFirst());
    }

    private static Path requireFile(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw CliException.badUsage(file + " is no file that can be read");
        }
        return file;
    }
}
