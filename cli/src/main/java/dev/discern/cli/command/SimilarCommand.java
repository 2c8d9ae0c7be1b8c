package dev.discern.cli.command;

import dev.discern.cli.report.RecommendationText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code discern similar}. */
@Command(
        name = "similar",
        description = "Asks the serving service for the items most like one.",
        footer = {"", "Example:", "  discern similar 0083658 -k 5"})
public final class SimilarCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ITEM", description = "the item's id")
    private String item = "";

    @Option(names = "-k", description = "how many; default ${DEFAULT-VALUE}")
    private int k = 10;

    private final Session session;

    /** In a session. */
    public SimilarCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Arguments.requirePositive("-k", k);
        RecommendationText.lines(session.serving().similar(item, k)).forEach(session.terminal()::result);
        return 0;
    }
}
