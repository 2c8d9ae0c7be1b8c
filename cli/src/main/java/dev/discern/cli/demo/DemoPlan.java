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

    /** Those that are more than the backbone alone, which is first. */
    List<Regularizer> guided() {
        return regularizers.subList(1, regularizers.size());
    }

    /** Whether the embedded judge is asked for the sake of its encoder alone: the backbone sees texts as it does. */
    boolean needsTexts() {
        return backbone == Backbone.HISTORY && judge != Judge.EMBEDDED;
    }

    /** Whether the judge is asked again, about the rare items that the backbone alone misses; one that costs money is asked once. */
    boolean asksForRescue() {
        return backbone == Backbone.HISTORY && judge == Judge.EMBEDDED;
    }
}
