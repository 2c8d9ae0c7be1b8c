package dev.discern.training.job;

import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.trainer.DurableFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trained backbone on disk, on which the gates of a matrix are fitted. */
final class ModelFile {

    private static final int BUFFER_BYTES = 1 << 16;

    private ModelFile() {}

    static void write(Path file, DotProductModel model) throws IOException {
        DurableFile.write(file, out -> {
            out.writeInt(model.dim());
            for (float[] table : new float[][] {model.users(), model.items(), model.itemBias()}) {
                out.writeInt(table.length);
                for (float value : table) {
                    out.writeFloat(value);
                }
            }
        });
    }

    static DotProductModel read(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            int dim = in.readInt();
            return new DotProductModel(dim, table(in), table(in), table(in));
        }
    }

    private static float[] table(DataInputStream in) throws IOException {
        float[] table = new float[in.readInt()];
        for (int at = 0; at < table.length; at++) {
            table[at] = in.readFloat();
        }
        return table;
    }
}
