package dev.discern.cli.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The place of a log and its end, for messages. */
final class LogTail {

    private static final int BYTES = 8_192;
    private static final int LINES = 12;

    private LogTail() {}

    /** "Its log is F, which ends:" and the last lines, indented. */
    static String of(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - BYTES));
            byte[] end = new byte[(int) Math.min(BYTES, file.length())];
            file.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                    .collect(Collectors.joining("\n    ", "Its log is " + log + ", which ends:\n    ", ""));
        } catch (IOException e) {
            return "Its log should be " + log + ", but cannot be read: " + e.getMessage();
        }
    }
}
