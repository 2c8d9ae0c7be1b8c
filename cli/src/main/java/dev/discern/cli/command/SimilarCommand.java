package dev.discern.cli.command;

import dev.discern.cli.report.RecommendationText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code discern similar}. */
@Command(
        name = "similar",
        description = "Asks the serving service for the items most like one.",
        footer = {
            "",
            "Examples:",
            "  discern similar 0083658 -k 5",
            "  discern similar 0083658 --by text --category Crime --category Drama"
        })
public final class SimilarCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ITEM", description = "the item's id")
    private String item = "";

    @Option(names = "-k", description = "how many; default ${DEFAULT-VALUE}")
    private int k = 10;

    @Option(
            names = "--by",
            paramLabel = "ASPECT",
            description =
                    "what is compared: behaviour (who has the items), text (what their texts say; models of history"
                            + " only) or blend (both); default ${DEFAULT-VALUE}")
    private Aspect by = Aspect.BLEND;

    @Option(
            names = "--category",
            paramLabel = "NAME",
            description = "only items of this category; given several times, of one of them")
    private List<String> categories = new ArrayList<>();

    private final Session session;

    /** In a session. */
    public SimilarCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Arguments.requirePositive("-k", k);
        RecommendationText.lines(session.serving().similar(item, k, by.toString(), categories))
                .forEach(session.terminal()::result);
        return 0;
    }
}
