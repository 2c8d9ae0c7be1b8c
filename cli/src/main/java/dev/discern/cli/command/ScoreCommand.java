package dev.discern.cli.command;

import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.api.ScoringApi.ScoringEstimate;
import dev.discern.cli.api.ScoringApi.ScoringRequest;
import dev.discern.cli.api.ScoringApi.ScoringResult;
import dev.discern.cli.demo.Encoder;
import dev.discern.cli.demo.Judge;
import dev.discern.cli.demo.Policy;
import dev.discern.cli.report.ScoringText;
import dev.discern.cli.terminal.CliException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
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
            "  discern score --judge recorded --judgments answers.jsonl.gz --json",
            "  discern score --judge chat --dry-run",
            "  discern score --judge chat --budget-usd 2.50 --permutations 2",
            "  discern score --judge chat --budget-usd 2.50 --policy gate-budget",
            "",
            "The chat judge asks the LLM that the scoring service was started with: DISCERN_LLM_BASE_URL,",
            "DISCERN_LLM_MODEL and, where the provider wants one, DISCERN_LLM_API_KEY."
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

    @Option(
            names = "--policy",
            description =
                    "whom to ask: ${COMPLETION-CANDIDATES}. cold-tail: cold users and rare items alone; gate-budget: a pilot,"
                            + " then what is expected to tell most for its tokens; default ${DEFAULT-VALUE}")
    private Policy policy = Policy.ALL;

    @Option(
            names = "--force",
            description = "of --policy gate-budget: go on although the pilot does not show the judge to be of use")
    private boolean force;

    @Option(
            names = "--permutations",
            paramLabel = "N",
            description = "of the chat judge: ask with the candidates in so many orders; default 1")
    private @Nullable Integer permutations;

    @Option(
            names = "--budget-usd",
            paramLabel = "X",
            description = "of the chat judge: make no call that could bring the cost above so many US dollars")
    private @Nullable BigDecimal budgetUsd;

    @Option(
            names = "--budget-tokens",
            paramLabel = "N",
            description = "of the chat judge: the same for tokens of prompts and answers together")
    private @Nullable Long budgetTokens;

    @Option(
            names = "--round",
            paramLabel = "N",
            description = "of the chat judge: raise it to go on after a run that ended at the same budget")
    private @Nullable Integer round;

    @Option(names = "--dry-run", description = "of the chat judge: print calls, tokens and money, and ask nobody")
    private boolean dryRun;

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
        Arguments.requirePositive("--permutations", permutations);
        requirePolicy();
        Arguments.requireChat(judge, "--permutations", permutations);
        Arguments.requireChat(judge, "--budget-usd", budgetUsd);
        Arguments.requireChat(judge, "--budget-tokens", budgetTokens);
        Arguments.requireChat(judge, "--round", round);
        Arguments.requireChat(judge, "--dry-run", dryRun ? true : null);
        ScoringApi scoring = session.scoring();
        String upload = judgments == null
                ? null
                : scoring.upload(session.path(judgments)).uploadId();
        ScoringRequest request = new ScoringRequest(
                judge.toString(),
                encoder == null ? null : encoder.toString(),
                upload,
                users,
                seed,
                pairsPerUser,
                policy == Policy.ALL ? null : new ScoringRequest.Asking(policy.toString(), force),
                judge == Judge.CHAT ? new ScoringRequest.Chat(permutations, budgetUsd, budgetTokens, round) : null);
        if (dryRun) {
            ScoringEstimate estimate = scoring.estimate(request);
            print(estimate, ScoringText.lines(estimate));
        } else {
            ScoringResult result = scoring.score(request);
            print(result, ScoringText.lines(result));
        }
        return 0;
    }

    private void requirePolicy() {
        if (policy != Policy.ALL && judge == Judge.RECORDED) {
            throw CliException.badUsage(
                    "--policy %s draws prompts, and --judge recorded brings its own".formatted(policy));
        }
        if (force && policy != Policy.GATE_BUDGET) {
            throw CliException.badUsage("--force belongs to --policy gate-budget only");
        }
    }

    private void print(Object whole, List<String> lines) {
        if (json) {
            session.terminal()
                    .result(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(whole));
        } else {
            lines.forEach(session.terminal()::result);
        }
    }
}
