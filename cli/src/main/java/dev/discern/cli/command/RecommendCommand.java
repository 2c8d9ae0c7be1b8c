package dev.discern.cli.command;

import dev.discern.cli.report.RecommendationText;
import dev.discern.client.model.RecommendationsAnswer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code discern recommend}. */
@Command(
        name = "recommend",
        description = "Asks the serving service for a user's top items.",
        footer = {"", "Examples:", "  discern recommend 42", "  discern recommend 42 -k 5 --explain"})
public final class RecommendCommand implements Callable<Integer> {

    @Parameters(paramLabel = "USER", description = "the user's id")
    private String user = "";

    @Option(names = "-k", description = "how many; default ${DEFAULT-VALUE}")
    private int k = 10;

    @Option(names = "--explain", description = "with reasons, what the scores are made of, and what a judge taught")
    private boolean explain;

    private final Session session;

    /** In a session. */
    public RecommendCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Arguments.requirePositive("-k", k);
        RecommendationsAnswer answer = session.serving().recommend(user, k, explain);
        session.terminal().note("%s, model %s".formatted(answer.getStrategy(), answer.getModelVersion()));
        RecommendationText.lines(answer).forEach(session.terminal()::result);
        return 0;
    }
}
