package dev.discern.cli.command;

import dev.discern.cli.demo.Backbone;
import dev.discern.cli.demo.Regularizer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model {@code train} trains, {@code search} looks for, and a schedule trains when it fires. */
final class ModelOptions {

    @Option(names = "--backbone", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Backbone backbone = Backbone.DEFAULT;

    @Option(names = "--regularizer", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Regularizer regularizer = Regularizer.GATED;

    @Option(
            names = "--judgments",
            paramLabel = "RUN",
            description =
                    "the scoring run to learn from; default the newest complete one with pairs that suit the backbone")
    private @Nullable Long run;

    @Option(names = "--seed", description = "default ${DEFAULT-VALUE}")
    private long seed = 1;

    String backbone() {
        return backbone.toString();
    }

    String regularizer() {
        return regularizer.toString();
    }

    long seed() {
        return seed;
    }

    /** Null where none was named: the service then looks for one, if the regularizer learns from one. */
    @Nullable
    Long scoringRun() {
        return run;
    }
}
