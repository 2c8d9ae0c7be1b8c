package dev.discern.training.job;

import dev.discern.training.backbone.history.TextBasis;
import dev.discern.training.backbone.history.TextFeatures;
import dev.discern.training.dataset.TextVectors;
import dev.discern.training.trainer.DurableFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The text vectors that a job found, on disk, so that a restarted job sees the same. */
final class ItemTexts {

    private static final double NEARLY_ALL = 0.9;
    private static final int BUFFER_BYTES = 1 << 16;

    private record Width(int dim, int contentDim) {}

    private final TextVectors vectors;
    private final Map<Width, TextBasis> bases = new ConcurrentHashMap<>();
    private final Map<Width, TextFeatures> features = new ConcurrentHashMap<>();

    ItemTexts(TextVectors vectors) {
        this.vectors = vectors;
    }

    TextVectors vectors() {
        return vectors;
    }

    /** What models see of them: the same for the same vectors. */
    TextFeatures features(int dim, int contentDim) {
        return features.computeIfAbsent(
                new Width(dim, contentDim), width -> basis(dim, contentDim).features(vectors.byItem()));
    }

    /** The axes of these vectors: the same for the same vectors. */
    TextBasis basis(int dim, int contentDim) {
        return bases.computeIfAbsent(
                new Width(dim, contentDim), width -> TextBasis.of(vectors.byItem(), width.dim, width.contentDim));
    }

    /** What the user should know of texts that the model does not see. */
    List<String> warnings() {
        if (vectors.vectors() == 0) {
            return List.of("no item has a text vector, so items are known by their ids only;"
                    + " a scoring run of the embedded judge encodes their texts");
        }
        return vectors.vectors() >= NEARLY_ALL * vectors.texts()
                ? List.of()
                : List.of(("only %d of %d items with a text have a text vector; the others are known by their ids only;"
                                + " a scoring run of the embedded judge encodes their texts")
                        .formatted(vectors.vectors(), vectors.texts()));
    }

    void write(Path file) throws IOException {
        DurableFile.write(file, out -> {
            String encoder = vectors.encoder();
            out.writeUTF(encoder == null ? "" : encoder);
            out.writeInt(vectors.texts());
            out.writeInt(vectors.vectors());
            out.writeInt(vectors.byItem().length);
            for (float[] vector : vectors.byItem()) {
                out.writeInt(vector == null ? 0 : vector.length);
                for (float value : vector == null ? new float[0] : vector) {
                    out.writeFloat(value);
                }
            }
        });
    }

    static ItemTexts read(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            String encoder = in.readUTF();
            int texts = in.readInt();
            int count = in.readInt();
            float[][] byItem = new float[in.readInt()][];
            for (int item = 0; item < byItem.length; item++) {
                int dim = in.readInt();
                if (dim > 0) {
                    byItem[item] = new float[dim];
                    for (int d = 0; d < dim; d++) {
                        byItem[item][d] = in.readFloat();
                    }
                }
            }
            return new ItemTexts(new TextVectors(byItem, texts, count, encoder.isEmpty() ? null : encoder));
        }
    }
}
