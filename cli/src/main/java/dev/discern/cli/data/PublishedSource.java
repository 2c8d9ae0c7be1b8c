package dev.discern.cli.data;

import dev.discern.cli.settings.Settings;
import dev.discern.cli.terminal.Terminal;
import java.nio.file.Path;

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
