package dev.discern.training.job;

import dev.discern.training.evaluation.Ranking;
import dev.discern.training.gate.GateReport;
import dev.discern.training.trainer.DurableFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a cell of a matrix found out, on disk until the report is made.
 *
 * @param told all but the rankings
 * @param rankings one for each of {@code told.variants()}; none for a trial
 */
record CellResult(Told told, List<Ranking> rankings) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * The small part.
     *
     * @param validation NDCG@10 of the validation items; null for a baseline
     * @param seconds of training
     */
    record Told(
            List<Variant> variants,
            @Nullable Float lambda,
            @Nullable Double validation,
            double seconds,
            double megabytes,
            @Nullable GateReport gate,
            List<String> warnings) {}

    /**
     * One row that a cell's model gives.
     *
     * @param rareGain null where the model has no text part
     */
    record Variant(String row, @Nullable Float rareGain) {}

    void write(Path file) throws IOException {
        DurableFile.write(file, out -> {
            byte[] json = JSON.writeValueAsBytes(told);
            out.writeInt(json.length);
            out.write(json);
            out.writeInt(rankings.size());
            for (Ranking ranking : rankings) {
                write(out, ranking);
            }
        });
    }

    static CellResult read(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            Told told = JSON.readValue(in.readNBytes(in.readInt()), Told.class);
            List<Ranking> rankings = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                rankings.add(ranking(in));
            }
            return new CellResult(told, rankings);
        }
    }

    private static void write(DataOutputStream out, Ranking ranking) throws IOException {
        out.writeInt(ranking.rank().length);
        for (int n = 0; n < ranking.rank().length; n++) {
            out.writeDouble(ranking.rank()[n]);
            out.writeInt(ranking.candidates()[n]);
            out.writeInt(ranking.top()[n].length);
            for (int item : ranking.top()[n]) {
                out.writeInt(item);
            }
        }
    }

    private static Ranking ranking(DataInputStream in) throws IOException {
        int users = in.readInt();
        Ranking ranking = new Ranking(new double[users], new int[users], new int[users][]);
        for (int n = 0; n < users; n++) {
            ranking.rank()[n] = in.readDouble();
            ranking.candidates()[n] = in.readInt();
            ranking.top()[n] = new int[in.readInt()];
            for (int k = 0; k < ranking.top()[n].length; k++) {
                ranking.top()[n][k] = in.readInt();
            }
        }
        return ranking;
    }
}
