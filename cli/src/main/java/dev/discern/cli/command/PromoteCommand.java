package dev.discern.cli.command;

import dev.discern.cli.api.WorseThanChampionException;
import dev.discern.cli.terminal.CliException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code discern promote}. */
@Command(
        name = "promote",
        description = {
            "Makes a model the champion: serving loads it and swaps, without a failed request.",
            "A model that is worse than the champion in any slice is refused."
        },
        footer = {
            "",
            "Examples:",
            "  discern promote bpr-mf-gated-12",
            "  discern promote bpr-mf-off-9 --force --reason \"the judge was down\""
        })
public final class PromoteCommand implements Callable<Integer> {

    @Parameters(paramLabel = "VERSION", description = "as `discern models` lists it")
    private String version = "";

    @Option(names = "--force", description = "also if it is worse; needs --reason")
    private boolean force;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why; kept in the log of the champion")
    private @Nullable String reason;

    private final Session session;

    /** In a session. */
    public PromoteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (force != (reason != null && !reason.isBlank())) {
            throw CliException.badUsage(force ? "--force needs --reason TEXT" : "--reason goes with --force only");
        }
        try {
            session.training().promote(version, reason);
        } catch (WorseThanChampionException e) {
            session.terminal().result("refused: " + e.getMessage() + " in");
            e.slices().forEach(slice -> session.terminal().result("  " + slice));
            throw CliException.failed(
                    "the champion stays; `discern promote %s --force --reason TEXT` overrides it".formatted(version));
        }
        session.terminal().result("champion: " + version);
        return 0;
    }
}
