package dev.discern.cli.command;

import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.api.ScoringApi.Reliability;
import dev.discern.cli.report.JudgeText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code discern reliability}. */
@Command(
        name = "reliability",
        description =
                "Says where the judge can be trusted: how often it puts a held-out interaction above the other candidates.",
        footer = {"", "Example:", "  discern reliability --run 3"})
public final class ReliabilityCommand implements Callable<Integer> {

    @Option(names = "--run", paramLabel = "N", description = "default the newest")
    private @Nullable Long run;

    private final Session session;

    /** In a session. */
    public ReliabilityCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ScoringApi scoring = session.scoring();
        Reliability report = scoring.reliability(run == null ? scoring.newestRun() : run);
        JudgeText.summary(report).forEach(session.terminal()::result);
        session.terminal().result("");
        JudgeText.slices(report).forEach(session.terminal()::result);
        return 0;
    }
}
