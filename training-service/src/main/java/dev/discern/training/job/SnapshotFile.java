package dev.discern.training.job;

import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.db.Snapshot;
import dev.discern.training.trainer.DurableFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A snapshot on disk, so that a restarted job trains on the data it began with, however many events have come since.
 */
final class SnapshotFile {

    private static final int BUFFER_BYTES = 1 << 16;

    private SnapshotFile() {}

    static void write(Path file, Snapshot snapshot) throws IOException {
        DurableFile.write(file, out -> {
            writeText(out, snapshot.hash());
            writeText(out, Objects.requireNonNullElse(snapshot.transactions(), ""));
            writeIds(out, snapshot.users());
            writeIds(out, snapshot.items());
            writeLongs(out, snapshot.userRowIds());
            writeLongs(out, snapshot.itemRowIds());
            writeInts(out, snapshot.histories().rowStart());
            writeInts(out, snapshot.histories().columns());
        });
    }

    static Snapshot read(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            String hash = readText(in);
            String transactions = readText(in);
            IdIndex users = readIds(in);
            IdIndex items = readIds(in);
            long[] userRowIds = readLongs(in);
            long[] itemRowIds = readLongs(in);
            InteractionMatrix histories = new InteractionMatrix(items.size(), readInts(in), readInts(in));
            return new Snapshot(
                    users,
                    items,
                    userRowIds,
                    itemRowIds,
                    histories,
                    hash,
                    transactions.isEmpty() ? null : transactions);
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static void writeIds(DataOutputStream out, IdIndex ids) throws IOException {
        out.writeInt(ids.size());
        for (int idx = 0; idx < ids.size(); idx++) {
            writeText(out, ids.id(idx));
        }
    }

    private static IdIndex readIds(DataInputStream in) throws IOException {
        int size = in.readInt();
        List<String> ids = new ArrayList<>(size);
        for (int idx = 0; idx < size; idx++) {
            ids.add(readText(in));
        }
        return IdIndex.of(ids);
    }

    private static void writeLongs(DataOutputStream out, long[] values) throws IOException {
        out.writeInt(values.length);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    private static long[] readLongs(DataInputStream in) throws IOException {
        long[] values = new long[in.readInt()];
        for (int k = 0; k < values.length; k++) {
            values[k] = in.readLong();
        }
        return values;
    }

    private static void writeInts(DataOutputStream out, int[] values) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    private static int[] readInts(DataInputStream in) throws IOException {
        int[] values = new int[in.readInt()];
        for (int k = 0; k < values.length; k++) {
            values[k] = in.readInt();
        }
        return values;
    }
}
