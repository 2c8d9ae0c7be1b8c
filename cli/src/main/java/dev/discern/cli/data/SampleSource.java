package dev.discern.cli.data;

import dev.discern.cli.sample.SampleAudience;
import dev.discern.cli.settings.Settings;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;

/** The films and the simulated audience that come with the command. */
record SampleSource() implements DataSource {

    @Override
    public String key() {
        return SAMPLE;
    }

    @Override
    public DataFiles files(Settings settings, Terminal terminal) {
        Path folder = settings.home().resolve("sample");
        try {
            // Written anew each time: a few seconds at most, and a half-written file can never be read.
            new SampleAudience(SampleAudience.DEFAULT_SEED).write(folder);
        } catch (IOException e) {
            throw CliException.failed("cannot write the sample data to " + folder + ": " + e.getMessage(), e);
        }
        return DataFiles.in(folder);
    }
}
