package dev.discern.cli.data;

import dev.discern.cli.settings.Settings;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
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

/** The audience that comes with the command. */
record SampleSource() implements DataSource {

    @Override
    public String key() {
        return SAMPLE;
    }

    @Override
    public DataFiles files(Settings settings, Terminal terminal) {
        throw new UnsupportedOperationException();
    }
}

/** A publisher's own files. */
record PublishedSource(PublishedDataset dataset) implements DataSource {

    @Override
    public String key() {
        return dataset.key();
    }

    @Override
    public DataFiles files(Settings settings, Terminal terminal) {
        Path folder = settings.home().resolve("downloads").resolve(dataset.key());
        return new Download(dataset, folder, terminal).files();
    }
}

/** A folder of the user's. */
record FolderSource(Path folder) implements DataSource {

    private static final int NAME = 30;
    private static final int DIGEST = 4;

    /** The folder's name for people, a digest of its place so that two folders of one name stay apart. */
    @Override
    public String key() {
        try {
            String name = String.valueOf(folder.getFileName())
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9]+", "-");
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(folder.toRealPath().toString().getBytes(StandardCharsets.UTF_8));
            return name.substring(0, Math.min(NAME, name.length())) + "-"
                    + HexFormat.of().formatHex(digest, 0, DIGEST);
        } catch (IOException e) {
            throw CliException.failed("cannot read " + folder + ": " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public DataFiles files(Settings settings, Terminal terminal) {
        return DataFiles.in(folder);
    }
}
