package dev.discern.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;

/** Files that only their owner may read. */
final class PrivateFiles {

    private PrivateFiles() {}

    /** Writes a whole file or nothing: under another name, then renamed. {@code createTempFile} gives mode 600. */
    static void write(Path file, String text) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path partial = Files.createTempFile(folder, ".", ".part");
        Files.writeString(partial, text);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What a file says; when there is none, it is written first. */
    static String readOrCreate(Path file, Supplier<String> text) throws IOException {
        if (!Files.exists(file)) {
            write(file, text.get());
        }
        return Files.readString(file);
    }
}
