package dev.discern.training.job;

import dev.discern.training.backbone.history.TextFeatures;
import dev.discern.training.dataset.TextVectors;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What a job's items look like to the history model, on disk, so that a restarted job sees the same.
 *
 * @param texts how many items have a text
 * @param vectors how many of them had a vector
 */
record ItemFeatures(TextFeatures features, int texts, int vectors) {

    private static final double NEARLY_ALL = 0.9;
    private static final int BUFFER_BYTES = 1 << 16;

    static ItemFeatures of(TextVectors vectors, int dim, int contentDim) {
        return new ItemFeatures(TextFeatures.of(vectors.byItem(), dim, contentDim), vectors.texts(), vectors.vectors());
    }

    /** What the user should know of texts that the model does not see. */
    List<String> warnings() {
        if (vectors == 0) {
            return List.of("no item has a text vector, so items are known by their ids only;"
                    + " a scoring run of the embedded judge encodes their texts");
        }
        return vectors >= NEARLY_ALL * texts
                ? List.of()
                : List.of(("only %d of %d items with a text have a text vector; the others are known by their ids only;"
                                + " a scoring run of the embedded judge encodes their texts")
                        .formatted(vectors, texts));
    }

    void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER_BYTES))) {
            out.writeInt(texts);
            out.writeInt(vectors);
            write(out, features.wideDim(), features.wide());
            write(out, features.narrowDim(), features.narrow());
        }
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static ItemFeatures read(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            int texts = in.readInt();
            int vectors = in.readInt();
            int wideDim = in.readInt();
            float[] wide = values(in);
            return new ItemFeatures(new TextFeatures(wideDim, wide, in.readInt(), values(in)), texts, vectors);
        }
    }

    private static void write(DataOutputStream out, int dim, float[] values) throws IOException {
        out.writeInt(dim);
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static float[] values(DataInputStream in) throws IOException {
        float[] values = new float[in.readInt()];
        for (int k = 0; k < values.length; k++) {
            values[k] = in.readFloat();
        }
        return values;
    }
}
