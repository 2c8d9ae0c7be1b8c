package dev.discern.cli.data;

import dev.discern.cli.settings.Settings;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

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
