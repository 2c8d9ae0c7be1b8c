package dev.discern.common.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** Names, hashes and durability of the files in a model folder. */
final class ArtifactFiles {

    static final String MANIFEST = "manifest.json";
    static final String EMBEDDINGS = "embeddings.safetensors";
    static final String USERS = "users.ids";
    static final String ITEMS = "items.ids";
    static final String SEEN = "seen.bin";
    static final String CATALOG = "items.jsonl";

    /** Optional: what a judge taught. */
    static final String JUDGED = "judged.bin";

    /** Optional, and no part of a model as serving knows it. */
    static final String STATE = "training-state.safetensors";

    /** What a model needs but the manifest, which holds their hashes. */
    static final List<String> HASHED = List.of(EMBEDDINGS, USERS, ITEMS, SEEN, CATALOG);

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Pattern VERSION = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,127}");
    private static final int BUFFER_BYTES = 1 << 16;

    private ArtifactFiles() {}

    /** Whether this is a plain name that cannot lead out of its folder. */
    static boolean isVersionName(String name) {
        return VERSION.matcher(name).matches();
    }

    /** {@code name} if it is a plain name that cannot lead out of its folder. */
    static String requireVersionName(String name) {
        if (!isVersionName(name)) {
            throw new ArtifactException(
                    ArtifactException.Reason.BAD_NAME,
                    "a model version is letters, digits, '.', '_' and '-', at most 128, not '%s'".formatted(name));
        }
        return name;
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Makes a file's bytes, or a folder's entries, outlive a power cut. */
    static void sync(Path fileOrFolder) throws IOException {
        StandardOpenOption mode = Files.isDirectory(fileOrFolder) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(fileOrFolder, mode)) {
            channel.force(true);
        }
    }
}
