package dev.discern.cli.command;

import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.api.ScoringApi.ScoringRequest;
import dev.discern.cli.api.ScoringApi.ScoringResult;
import dev.discern.cli.demo.Encoder;
import dev.discern.cli.demo.Judge;
import dev.discern.cli.report.ScoringText;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code discern score}. */
@Command(
        name = "score",
        description = "Asks a judge about pairs of items. An answer that exists is not asked for again.",
        footer = {
            "",
            "Examples:",
            "  discern score",
            "  discern score --judge recorded --judgments answers.jsonl.gz --json"
        })
public final class ScoreCommand implements Callable<Integer> {

    @Option(names = "--judge", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Judge judge = Judge.EMBEDDED;

    @Option(names = "--encoder", description = "of the embedded judge: ${COMPLETION-CANDIDATES}")
    private @Nullable Encoder encoder;

    @Option(
            names = "--judgments",
            paramLabel = "FILE",
            description = "recorded answers, JSON lines, for --judge recorded")
    private @Nullable Path judgments;

    @Option(
            names = "--users",
            paramLabel = "N",
            description = "ask about so many users, drawn with the seed; default all")
    private @Nullable Integer users;

    @Option(
            names = "--pairs-per-user",
            paramLabel = "N",
            description = "uniform pairs to keep of each user's candidates")
    private @Nullable Integer pairsPerUser;

    @Option(names = "--seed", description = "of the candidates; default ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--json", description = "print the result as JSON")
    private boolean json;

    private final Session session;

    /** In a session. */
    public ScoreCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Arguments.requireJudge(session, judge, encoder, judgments);
        Arguments.requirePositive("--users", users);
        Arguments.requirePositive("--pairs-per-user", pairsPerUser);
        ScoringApi scoring = session.scoring();
        String upload = judgments == null
                ? null
                : scoring.upload(session.path(judgments)).uploadId();
        ScoringResult result = scoring.score(new ScoringRequest(
                judge.toString(), encoder == null ? null : encoder.toString(), upload, users, seed, pairsPerUser));
        if (json) {
            session.terminal()
                    .result(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(result));
        } else {
            ScoringText.lines(result).forEach(session.terminal()::result);
        }
        return 0;
    }
}
