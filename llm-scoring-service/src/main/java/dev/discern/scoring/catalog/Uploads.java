package dev.discern.scoring.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Keeps uploaded files by the hash of their content, each beside its name. A file appears whole or not at all: it is written
 * under a temporary name, forced to disk and renamed. The same content sent again under another name takes that name.
 */
@Component
public final class Uploads {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final String INCOMING = "incoming-";
    private static final String NAME = ".name";
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAX_NAME_CHARS = 100;

    private final UploadProperties properties;

    /** Opens the store, and clears what a killed process left half written. */
    public Uploads(UploadProperties properties) throws IOException {
        this.properties = properties;
        Files.createDirectories(properties.folder());
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(properties.folder(), INCOMING + "*")) {
            for (Path path : unfinished) {
                Files.delete(path);
            }
        }
    }

    /**
     * Keeps what {@code content} yields.
     *
     * @param name the sender's name for it; only its last part counts
     * @throws UploadTooLargeException when there is more than the configured size
     * @throws IOException when the content ends early or cannot be written
     */
    public Upload store(String name, InputStream content) throws IOException {
        Path incoming = Files.createTempFile(properties.folder(), INCOMING, "");
        try {
            String plainName = plain(name);
            String id = write(content, incoming, plainName);
            moveTo(incoming, properties.folder().resolve(id));
            Path names = Files.createTempFile(properties.folder(), INCOMING, "");
            moveTo(Files.writeString(names, plainName), properties.folder().resolve(id + NAME));
            return find(id).orElseThrow();
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    private String write(InputStream content, Path into, String name) throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel channel = FileChannel.open(into, StandardOpenOption.WRITE);
                OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long size = 0;
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                size += read;
                if (size > properties.maxSize().toBytes()) {
                    throw new UploadTooLargeException(name, properties.maxSize());
                }
                out.write(buffer, 0, read);
            }
            channel.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void moveTo(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The upload of this id, if there is one. */
    public Optional<Upload> find(String id) throws IOException {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        Path path = properties.folder().resolve(id);
        Path name = properties.folder().resolve(id + NAME);
        return Files.exists(name)
                ? Optional.of(new Upload(id, Files.readString(name), Files.size(path), path))
                : Optional.empty();
    }

    /** The last part of a path, with nothing in it that could harm a log line or a message. */
    static String plain(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("[^\\p{L}\\p{N}._ +()-]", "_").strip();
        String usable = plain.isEmpty() || plain.chars().allMatch(c -> c == '.') ? "upload" : plain;
        return usable.length() <= MAX_NAME_CHARS ? usable : usable.substring(usable.length() - MAX_NAME_CHARS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
