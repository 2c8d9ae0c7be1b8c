package dev.discern.training.job;

import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.gate.GateReport;
import dev.discern.training.trainer.DurableFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the calibration step hands to the fit step, on disk between them.
 *
 * @param report the fitted gate
 * @param pairs what is taught
 * @param targets (pairs) the preference to learn
 */
@SuppressWarnings("ArrayRecordComponent") // large; the record is never compared
record Calibration(GateReport report, JudgedPairs pairs, float[] targets) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    void write(Path file) throws IOException {
        DurableFile.write(file, out -> {
            out.writeUTF(JSON.writeValueAsString(report));
            out.writeInt(targets.length);
            for (int n = 0; n < targets.length; n++) {
                out.writeInt(pairs.user()[n]);
                out.writeInt(pairs.preferred()[n]);
                out.writeInt(pairs.other()[n]);
                out.writeFloat(pairs.margin()[n]);
                out.writeFloat(pairs.consistency()[n]);
                out.writeFloat(targets[n]);
            }
        });
    }

    static Calibration read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            GateReport report = JSON.readValue(in.readUTF(), GateReport.class);
            int size = in.readInt();
            int[] user = new int[size];
            int[] preferred = new int[size];
            int[] other = new int[size];
            float[] margin = new float[size];
            float[] consistency = new float[size];
            float[] targets = new float[size];
            for (int n = 0; n < size; n++) {
                user[n] = in.readInt();
                preferred[n] = in.readInt();
                other[n] = in.readInt();
                margin[n] = in.readFloat();
                consistency[n] = in.readFloat();
                targets[n] = in.readFloat();
            }
            return new Calibration(report, new JudgedPairs(user, preferred, other, margin, consistency), targets);
        }
    }
}
