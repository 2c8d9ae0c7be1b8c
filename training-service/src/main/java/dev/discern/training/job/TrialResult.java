package dev.discern.training.job;

import dev.discern.training.trainer.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a trial came to on a rung; a file until the report is made.
 *
 * @param trial from 1
 * @param rung from 1
 * @param epochs it could train in all
 * @param validation NDCG@10 of the validation items after its best epoch; null where it diverged
 * @param seconds of training on this rung, since the job was last started
 * @param failure why it has no model; null where it has one
 */
record TrialResult(
        int trial,
        int rung,
        int epochs,
        @Nullable Double validation,
        double seconds,
        @Nullable String failure) {

    /** The best first; of equal ones the first drawn. Diverged ones last. */
    static final Comparator<TrialResult> BEST_FIRST = Comparator.<TrialResult>comparingDouble(
                    result -> result.validation() == null ? Double.NEGATIVE_INFINITY : result.validation())
            .reversed()
            .thenComparingInt(TrialResult::trial);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    boolean hasModel() {
        return validation != null;
    }

    void write(Path file) throws IOException {
        DurableFile.write(file, out -> out.write(JSON.writeValueAsBytes(this)));
    }

    static TrialResult read(Path file) throws IOException {
        return JSON.readValue(Files.readAllBytes(file), TrialResult.class);
    }
}
