package dev.discern.cli.data;

import dev.discern.cli.settings.Settings;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.terminal.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a data set comes from: the value of {@code --data}. */
public sealed interface DataSource permits SampleSource, PublishedSource, FolderSource {

    /** The name of the sample data. */
    String SAMPLE = "sample";

    /** Names the data set's database and folder: letters, digits, {@code -}; different for different sources. */
    String key();

    /** The files, written or fetched first where need be. */
    DataFiles files(Settings settings, Terminal terminal);

    /**
     * What a value of {@code --data} means: {@code sample}, the name of a published data set, or a folder.
     *
     * @throws CliException when it is none of these
     */
    static DataSource of(String data, Settings settings) {
        if (data.equals(SAMPLE)) {
            return new SampleSource();
        }
        Optional<PublishedDataset> published = PublishedDataset.named(data);
        if (published.isPresent()) {
            return new PublishedSource(published.get());
        }
        Path folder = settings.workingFolder().resolve(data).normalize();
        if (Files.isDirectory(folder)) {
            return new FolderSource(folder);
        }
        throw CliException.badUsage(
                "--data \"%s\" is neither a folder nor one of %s: %s does not exist".formatted(data, names(), folder));
    }

    /** The names that need no folder. */
    static String names() {
        return Stream.concat(Stream.of(SAMPLE), PublishedDataset.ALL.stream().map(PublishedDataset::key))
                .collect(Collectors.joining(", "));
    }
}
