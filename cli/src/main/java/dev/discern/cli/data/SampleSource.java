package dev.discern.cli.data;

import dev.discern.cli.settings.Settings;
import dev.discern.cli.terminal.Terminal;

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
