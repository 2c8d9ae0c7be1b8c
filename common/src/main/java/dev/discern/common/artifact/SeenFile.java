package dev.discern.common.artifact;

import dev.discern.common.artifact.ArtifactException.Reason;
import dev.discern.common.data.InteractionMatrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code seen.bin}: a compressed sparse row matrix, little endian: magic {@code DSEN}, layout version 1, users, items, entries,
 * then the row starts (users + 1) and the item indices (entries), all 32-bit integers.
 */
final class SeenFile {

    private static final int MAGIC = 'D' | 'S' << 8 | 'E' << 16 | 'N' << 24;
    private static final int VERSION = 1;
    private static final int HEADER_INTS = 5;

    private SeenFile() {}

    static void write(Path file, InteractionMatrix seen) throws IOException {
        int ints = Math.addExact(HEADER_INTS + seen.rowStart().length, seen.columns().length);
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(ints, Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer()
                .put(new int[] {MAGIC, VERSION, seen.users(), seen.items(), seen.columns().length})
                .put(seen.rowStart())
                .put(seen.columns());
        Files.write(file, bytes.array());
    }

    static InteractionMatrix read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < HEADER_INTS * Integer.BYTES || bytes.getInt() != MAGIC) {
            throw malformed(file, "a file that begins with DSEN", "another one");
        }
        int version = bytes.getInt();
        if (version != VERSION) {
            throw malformed(file, "layout version " + VERSION, "version " + version);
        }
        int users = bytes.getInt();
        int items = bytes.getInt();
        int entries = bytes.getInt();
        if (users < 0 || items < 0 || entries < 0 || bytes.remaining() != (users + 1L + entries) * Integer.BYTES) {
            throw malformed(
                    file, "%d users and %d entries".formatted(users, entries), bytes.remaining() + " bytes of them");
        }
        int[] rowStart = new int[users + 1];
        int[] columns = new int[entries];
        bytes.asIntBuffer().get(rowStart).get(columns);
        try {
            return new InteractionMatrix(items, rowStart, columns);
        } catch (IllegalArgumentException e) {
            throw malformed(file, "a consistent matrix", String.valueOf(e.getMessage()));
        }
    }

    private static ArtifactException malformed(Path file, String expected, String found) {
        return new ArtifactException(Reason.MALFORMED, "%s: expected %s, found %s".formatted(file, expected, found));
    }
}
