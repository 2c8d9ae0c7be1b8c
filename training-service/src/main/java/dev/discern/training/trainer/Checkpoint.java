package dev.discern.training.trainer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The whole state of a run after an epoch or between two parts of one, in one file that is replaced by rename: a killed run goes on from
 * here and ends as if it had not been killed.
 */
final class Checkpoint {

    private static final int MAGIC = 0x44534b33; // "DSK3"
    private static final String WAY_OUT = "; delete it to train from the beginning";

    /**
     * What a checkpoint holds beside the arrays.
     *
     * @param epoch how many epochs are done
     * @param warnings of the last of them
     * @param place how far the epoch after them is
     */
    record Position(int epoch, int bestEpoch, double bestValidation, List<String> warnings, Place place) {

        /** Before the first epoch. */
        static final Position START = new Position(0, 0, Double.NEGATIVE_INFINITY, List.of(), Place.START);

        /** After one epoch more, without a better metric. */
        Position next(List<String> warned) {
            return new Position(epoch + 1, bestEpoch, bestValidation, warned, Place.START);
        }

        /** The same, but that its last epoch is the best. */
        Position best(double validation) {
            return new Position(epoch, epoch, validation, warnings, place);
        }

        /** After the same epochs, and so far in the next. */
        Position within(Place next) {
            return new Position(epoch, bestEpoch, bestValidation, warnings, next);
        }
    }

    private final Path file;
    private final String fingerprint;

    /** A checkpoint in {@code file} of the run that {@code fingerprint} names: data, parameters, seed. */
    Checkpoint(Path file, String fingerprint) {
        this.file = file;
        this.fingerprint = fingerprint;
    }

    void save(Position position, List<float[]> arrays, double[] regularizerState) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            CheckedOutputStream checked =
                    new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)), new CRC32());
            try (DataOutputStream out = new DataOutputStream(checked)) {
                out.writeInt(MAGIC);
                out.writeUTF(fingerprint);
                out.writeInt(position.epoch());
                out.writeInt(position.bestEpoch());
                out.writeDouble(position.bestValidation());
                out.writeInt(position.warnings().size());
                for (String warning : position.warnings()) {
                    out.writeUTF(warning);
                }
                write(out, position.place());
                for (float[] values : arrays) {
                    write(out, values);
                }
                out.writeInt(regularizerState.length);
                for (double value : regularizerState) {
                    out.writeDouble(value);
                }
                out.writeLong(checked.getChecksum().getValue());
            }
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the checkpoint cannot be written", e);
        }
    }

    boolean exists() {
        return Files.exists(file);
    }

    /**
     * Fills the arrays, which must be as many and as long as those that were saved; returns where the run was and hands over the
     * regularizer's state.
     */
    Position load(List<float[]> arrays, Consumer<double[]> regularizerState) {
        try {
            requireWhole();
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                in.readInt(); // MAGIC
                String found = in.readUTF();
                if (!found.equals(fingerprint)) {
                    throw new IllegalStateException("%s: expected the checkpoint of run %s, found that of run %s%s"
                            .formatted(file, fingerprint, found, WAY_OUT));
                }
                int epoch = in.readInt();
                int bestEpoch = in.readInt();
                double bestValidation = in.readDouble();
                String[] warnings = new String[in.readInt()];
                for (int k = 0; k < warnings.length; k++) {
                    warnings[k] = in.readUTF();
                }
                Place place = readPlace(in);
                for (float[] values : arrays) {
                    read(in, values);
                }
                double[] state = new double[in.readInt()];
                for (int k = 0; k < state.length; k++) {
                    state[k] = in.readDouble();
                }
                regularizerState.accept(state);
                return new Position(epoch, bestEpoch, bestValidation, List.of(warnings), place);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the checkpoint cannot be read: " + e.getMessage() + WAY_OUT, e);
        }
    }

    /** Nothing of a file is believed, lengths least of all, before its checksum is right. */
    private void requireWhole() throws IOException {
        CheckedInputStream checked =
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), new CRC32());
        try (DataInputStream in = new DataInputStream(checked)) {
            long content = Files.size(file) - Long.BYTES;
            if (content < Integer.BYTES || in.readInt() != MAGIC) {
                throw new IllegalStateException(
                        file + ": expected a checkpoint of this version, found another file" + WAY_OUT);
            }
            in.skipNBytes(content - Integer.BYTES);
            long found = checked.getChecksum().getValue();
            if (in.readLong() != found) {
                throw new IllegalStateException(file + ": the checkpoint is damaged (wrong checksum)" + WAY_OUT);
            }
        }
    }

    private static void write(DataOutputStream out, Place place) throws IOException {
        out.writeInt(place.parts());
        out.writeInt(place.losses().size());
        for (double loss : place.losses()) {
            out.writeDouble(loss);
        }
        out.writeInt(place.streams().size());
        for (long stream : place.streams()) {
            out.writeLong(stream);
        }
    }

    private static Place readPlace(DataInputStream in) throws IOException {
        int parts = in.readInt();
        Double[] losses = new Double[in.readInt()];
        for (int k = 0; k < losses.length; k++) {
            losses[k] = in.readDouble();
        }
        Long[] streams = new Long[in.readInt()];
        for (int k = 0; k < streams.length; k++) {
            streams[k] = in.readLong();
        }
        return new Place(parts, List.of(losses), List.of(streams));
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        out.writeInt(values.length);
        int chunk = 1 << 14;
        ByteBuffer bytes = ByteBuffer.allocate(chunk * Float.BYTES);
        for (int from = 0; from < values.length; from += chunk) {
            int count = Math.min(chunk, values.length - from);
            bytes.asFloatBuffer().put(values, from, count);
            out.write(bytes.array(), 0, count * Float.BYTES);
        }
    }

    private static void read(DataInputStream in, float[] values) throws IOException {
        int length = in.readInt();
        if (length != values.length) {
            throw new IOException("expected %d values, found %d".formatted(values.length, length));
        }
        int chunk = 1 << 14;
        byte[] bytes = new byte[chunk * Float.BYTES];
        for (int from = 0; from < values.length; from += chunk) {
            int count = Math.min(chunk, values.length - from);
            in.readFully(bytes, 0, count * Float.BYTES);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values, from, count);
        }
    }
}
