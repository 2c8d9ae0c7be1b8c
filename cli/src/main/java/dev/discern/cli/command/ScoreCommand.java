package dev.discern.cli.command;

import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.api.ScoringApi.ScoringEstimate;
import dev.discern.cli.api.ScoringApi.ScoringRequest;
import dev.discern.cli.api.ScoringApi.ScoringRequest.Quotas;
import dev.discern.cli.api.ScoringApi.ScoringResult;
import dev.discern.cli.demo.Encoder;
import dev.discern.cli.demo.Judge;
import dev.discern.cli.demo.Policy;
import dev.discern.cli.report.ScoringText;
import dev.discern.cli.terminal.CliException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
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
            "  discern score --judge batch --budget-usd 2.50 --batch-deadline 12h",
            "  discern score --judge chat --candidates uniform=6,model=6,rescue=7 --budget-usd 2.50",
            "  discern score --judge chat --budget-usd 2.50 --policy gate-budget",
            "",
            "Candidates come from uniform (the catalogue), popular, tail, cold (few interactions), model (what the",
            "published model would recommend) and rescue (rare items that the encoder finds plausible, to be paired",
            "with the model's), 19 at most; by default uniform=12,popular=3,tail=2,cold=2.",
            "",
            "The batch judge asks what the chat judge asks through the provider's Batch API: for half the price, within",
            "hours. Stopped and started again, it goes on with the batches that it had.",
            "",
            "Both ask the LLM that the scoring service was started with: DISCERN_LLM_BASE_URL,",
            "DISCERN_LLM_MODEL and, where the provider wants one, DISCERN_LLM_API_KEY."
        })
public final class ScoreCommand implements Callable<Integer> {

    @Option(names = "--judge", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Judge judge = Judge.EMBEDDED;

    @Option(
            names = "--encoder",
            description = "of the embedded judge, and of rescue candidates: ${COMPLETION-CANDIDATES}")
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

    @Option(names = "--pairs-per-user", paramLabel = "N", description = "pairs to keep of each user's candidates")
    private @Nullable Integer pairsPerUser;

    @Option(
            names = "--candidates",
            paramLabel = "SOURCE=N,…",
            converter = Candidates.class,
            description = "how many candidates each source draws for a prompt")
    private @Nullable Quotas quotas;

    @Option(
            names = "--model",
            paramLabel = "VERSION",
            description = "the published model, for such candidates and for the report; default champion")
    private @Nullable String model;

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
            description = "of the chat and batch judges: ask with the candidates in so many orders; default 1")
    private @Nullable Integer permutations;

    @Option(
            names = "--budget-usd",
            paramLabel = "X",
            description =
                    "of the chat and batch judges: make no call that could bring the cost above so many US dollars")
    private @Nullable BigDecimal budgetUsd;

    @Option(
            names = "--budget-tokens",
            paramLabel = "N",
            description = "of the chat and batch judges: the same for tokens of prompts and answers together")
    private @Nullable Long budgetTokens;

    @Option(
            names = "--round",
            paramLabel = "N",
            description = "of the chat and batch judges: raise it to go on after a run that ended at the same budget")
    private @Nullable Integer round;

    @Option(
            names = "--batch-deadline",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description =
                    "of the batch judge: ask by chat what has no answer after so long, such as 90m or 6h; default 24h")
    private @Nullable Duration batchDeadline;

    @Option(
            names = "--dry-run",
            description = "of the chat and batch judges: print calls, tokens and money, and ask nobody")
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
        boolean rescue = quotas != null && quotas.rescue() > 0;
        Arguments.requireJudge(session, judge, rescue ? null : encoder, judgments);
        Arguments.requireDrawn(judge, "--candidates", quotas);
        Arguments.requirePositive("--users", users);
        Arguments.requirePositive("--pairs-per-user", pairsPerUser);
        Arguments.requirePositive("--permutations", permutations);
        requirePolicy();
        Arguments.requireLlm(judge, "--permutations", permutations);
        Arguments.requireLlm(judge, "--budget-usd", budgetUsd);
        Arguments.requireLlm(judge, "--budget-tokens", budgetTokens);
        Arguments.requireLlm(judge, "--round", round);
        Arguments.requireLlm(judge, "--dry-run", dryRun ? true : null);
        Arguments.requireBatch(judge, "--batch-deadline", batchDeadline);
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
                quotas,
                model,
                policy == Policy.ALL ? null : new ScoringRequest.Asking(policy.toString(), force),
                judge.asksLlm()
                        ? new ScoringRequest.Chat(
                                permutations,
                                budgetUsd,
                                budgetTokens,
                                round,
                                batchDeadline == null ? null : batchDeadline.toString())
                        : null);
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
