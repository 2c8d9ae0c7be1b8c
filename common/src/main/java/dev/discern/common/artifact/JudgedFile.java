package dev.discern.common.artifact;

import dev.discern.common.artifact.ArtifactException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code judged.bin}: {@link JudgedItems}, little endian: magic {@code DJDG}, layout version 1, entries, then the keys, the pairs and the
 * wins (entries each, 32-bit integers) and the gates (entries, 32-bit floats).
 */
final class JudgedFile {

    private static final int MAGIC = 'D' | 'J' << 8 | 'D' << 16 | 'G' << 24;
    private static final int VERSION = 1;
    private static final int HEADER_INTS = 3;
    private static final int ENTRY_BYTES = 3 * Integer.BYTES + Float.BYTES;

    private JudgedFile() {}

    static void write(Path file, JudgedItems judged) throws IOException {
        int entries = judged.size();
        ByteBuffer bytes = ByteBuffer.allocate(
                        Math.addExact(HEADER_INTS * Integer.BYTES, Math.multiplyExact(entries, ENTRY_BYTES)))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(VERSION).putInt(entries);
        bytes.asIntBuffer().put(judged.key()).put(judged.pairs()).put(judged.wins());
        bytes.position(bytes.position() + 3 * entries * Integer.BYTES);
        bytes.asFloatBuffer().put(judged.gate());
        Files.write(file, bytes.array());
    }

    static JudgedItems read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < HEADER_INTS * Integer.BYTES || bytes.getInt() != MAGIC) {
            throw malformed(file, "a file that begins with DJDG", "another one");
        }
        int version = bytes.getInt();
        if (version != VERSION) {
            throw malformed(file, "layout version " + VERSION, "version " + version);
        }
        int entries = bytes.getInt();
        if (entries < 0 || bytes.remaining() != (long) entries * ENTRY_BYTES) {
            throw malformed(file, entries + " entries", bytes.remaining() + " bytes of them");
        }
        int[] key = new int[entries];
        int[] pairs = new int[entries];
        int[] wins = new int[entries];
        float[] gate = new float[entries];
        bytes.asIntBuffer().get(key).get(pairs).get(wins);
        bytes.position(bytes.position() + 3 * entries * Integer.BYTES);
        bytes.asFloatBuffer().get(gate);
        try {
            return new JudgedItems(key, pairs, wins, gate);
        } catch (IllegalArgumentException e) {
            throw malformed(file, "judgments of items", String.valueOf(e.getMessage()));
        }
    }

    private static ArtifactException malformed(Path file, String expected, String found) {
        return new ArtifactException(Reason.MALFORMED, "%s: expected %s, found %s".formatted(file, expected, found));
    }
}
