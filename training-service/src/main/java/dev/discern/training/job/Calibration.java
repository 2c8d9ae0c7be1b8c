package dev.discern.training.job;

import dev.discern.training.gate.GateReport;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the calibration step hands to the fit step, on disk between them.
 *
 * @param report the fitted gate
 * @param targets (pairs) the preference to learn, in the order of the run's pairs
 */
@SuppressWarnings("ArrayRecordComponent") // large; the record is never compared
record Calibration(GateReport report, float[] targets) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
            out.writeUTF(JSON.writeValueAsString(report));
            out.writeInt(targets.length);
            for (float target : targets) {
                out.writeFloat(target);
            }
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static Calibration read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            GateReport report = JSON.readValue(in.readUTF(), GateReport.class);
            float[] targets = new float[in.readInt()];
            for (int n = 0; n < targets.length; n++) {
                targets[n] = in.readFloat();
            }
            return new Calibration(report, targets);
        }
    }
}
