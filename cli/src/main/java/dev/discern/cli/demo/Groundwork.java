package dev.discern.cli.demo;

import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.api.ScoringApi.Imported;
import dev.discern.cli.api.ScoringApi.ScoringRequest;
import dev.discern.cli.api.ScoringApi.ScoringRequest.Quotas;
import dev.discern.cli.api.ScoringApi.ScoringResult;
import dev.discern.cli.data.DataFiles;
import dev.discern.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every flow begins with, told as it goes: the data, and a judge's answers. */
final class Groundwork {

    private static final double MAX_REJECT_SHARE = 0.05;

    /** What a strong backbone recommends beside the rare items that the encoder finds plausible. */
    private static final Quotas RESCUE = new Quotas(0, 0, 0, 0, 9, 10);

    private final ScoringApi scoring;
    private final Terminal terminal;

    Groundwork(ScoringApi scoring, Terminal terminal) {
        this.scoring = scoring;
        this.terminal = terminal;
    }

    void importFiles(DataFiles files) {
        terminal.note("Importing " + files.items() + " and " + files.interactions());
        Imported imported = scoring.importFiles(files.items(), files.interactions(), MAX_REJECT_SHARE, false);
        terminal.note(String.format(
                Locale.ROOT,
                "  %,d items and %,d interactions of %,d users; %,d rows rejected%s",
                imported.result().items().read() - imported.result().items().rejected(),
                imported.result().interactions().read()
                        - imported.result().interactions().rejected(),
                imported.result().users(),
                imported.result().rejects(),
                imported.result().rejects() > 0 ? ": see job " + imported.job() : ""));
    }

    /** Asks about everybody, with candidates as the service draws them. */
    ScoringResult ask(Judge judge, @Nullable Encoder encoder, @Nullable Path judgments, long seed) {
        terminal.note("Asking the " + judge + " judge");
        String upload = judgments == null ? null : scoring.upload(judgments).uploadId();
        return told(scoring.score(new ScoringRequest(
                judge.toString(), encoder == null ? null : encoder.toString(), upload, null, seed, null)));
    }

    /**
     * Asks the embedded judge about everybody once more: about rare items that the encoder finds plausible beside what a model
     * recommends.
     *
     * @return the run; empty where no pair came of it, since nothing in the catalogue is rare
     */
    Optional<Long> askForRescue(String model, @Nullable Encoder encoder, long seed) {
        terminal.note(
                "Asking the %s judge about rare items beside what %s recommends".formatted(Judge.EMBEDDED, model));
        ScoringResult run = told(scoring.score(new ScoringRequest(
                Judge.EMBEDDED.toString(),
                encoder == null ? null : encoder.toString(),
                null,
                null,
                seed,
                null,
                RESCUE,
                model,
                null,
                null)));
        if (run.pairs() == 0) {
            terminal.note("  nothing is rare here: what was asked before is learnt from");
            return Optional.empty();
        }
        return Optional.of(run.runId());
    }

    private ScoringResult told(ScoringResult run) {
        terminal.note(String.format(
                Locale.ROOT,
                "  %,d prompts answered, %,d not; %,d pairs judged, %,d audit prompts",
                run.scored(),
                run.failed(),
                run.pairs(),
                run.auditPrompts()));
        return run;
    }
}
