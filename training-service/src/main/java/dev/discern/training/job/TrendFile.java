package dev.discern.training.job;

import dev.discern.common.data.ItemTrend;
import dev.discern.training.trainer.DurableFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What users turned to lately, on disk beside the snapshot that it is of. */
final class TrendFile {

    private TrendFile() {}

    static void write(Path file, ItemTrend trend) throws IOException {
        DurableFile.write(file, out -> {
            out.writeLong(trend.day().toEpochDay());
            out.writeDouble(trend.halfLifeDays());
            out.writeInt(trend.weights().length);
            for (float weight : trend.weights()) {
                out.writeFloat(weight);
            }
        });
    }

    /** Null where a job that an older version began has none. */
    static @Nullable ItemTrend read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            LocalDate day = LocalDate.ofEpochDay(in.readLong());
            double halfLifeDays = in.readDouble();
            float[] weights = new float[in.readInt()];
            for (int item = 0; item < weights.length; item++) {
                weights[item] = in.readFloat();
            }
            return new ItemTrend(day, halfLifeDays, weights);
        }
    }
}
