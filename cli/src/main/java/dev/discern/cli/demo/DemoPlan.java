package dev.discern.cli.demo;

import dev.discern.cli.data.DataFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the demo shall do.
 *
 * @param judgments the recorded answers, null for a judge that is asked
 * @param regularizers what to compare
 */
public record DemoPlan(
        DataFiles files,
        Judge judge,
        @Nullable Encoder encoder,
        @Nullable Path judgments,
        Backbone backbone,
        List<Regularizer> regularizers,
        int threads,
        long seed) {

    /** {@code off} and {@code judge-free} are always compared: a lift over the one that is none over the other owes the judge nothing. */
    public DemoPlan {
        regularizers = Stream.concat(
                        Stream.of(Regularizer.OFF),
                        Stream.concat(regularizers.stream(), Stream.of(Regularizer.JUDGE_FREE)))
                .distinct()
                .toList();
    }
}
