package dev.discern.cli.command;

import dev.discern.cli.api.Endpoint;
import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.api.ServiceName;
import dev.discern.cli.api.ServingApi;
import dev.discern.cli.api.TrainingApi;
import dev.discern.cli.data.DataSource;
import dev.discern.cli.demo.Backbone;
import dev.discern.cli.demo.Demo;
import dev.discern.cli.demo.DemoPlan;
import dev.discern.cli.demo.Encoder;
import dev.discern.cli.demo.Judge;
import dev.discern.cli.demo.Regularizer;
import dev.discern.cli.report.DemoReport;
import dev.discern.cli.stack.StackPlan;
import dev.discern.cli.stack.Supervisor;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.terminal.Terminal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code discern demo}. */
@Command(
        name = "demo",
        description = {
            "Starts everything on an embedded Postgres, imports data, asks the judge, trains and compares models, and serves the best.",
            "Stays up until Ctrl-C. What an earlier run has done is not done again."
        },
        footer = {
            "",
            "Examples:",
            "  discern demo",
            "  discern demo --data my-shop --no-wait --json report.json",
            "  discern demo --backbone bpr-mf",
            "  discern demo --data movietweetings --judge recorded --judgments answers.jsonl",
            "  docker-compose up -d && discern demo --compose"
        })
public final class DemoCommand implements Callable<Integer> {

    private static final Duration COMPOSE_START = Duration.ofMinutes(5);

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description =
                    "sample (default), movietweetings, ml-latest-small (both are fetched), or a folder with items.csv and interactions.csv")
    private String data = DataSource.SAMPLE;

    @Option(names = "--judge", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Judge judge = Judge.EMBEDDED;

    @Option(names = "--encoder", description = "of the embedded judge: ${COMPLETION-CANDIDATES}")
    private @Nullable Encoder encoder;

    @Option(
            names = "--judgments",
            paramLabel = "FILE",
            description = "recorded answers, JSON lines, for --judge recorded")
    private @Nullable Path judgments;

    @Option(names = "--backbone", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Backbone backbone = Backbone.DEFAULT;

    @Option(
            names = "--regularizers",
            paramLabel = "R",
            split = ",",
            description =
                    "what to compare: ${COMPLETION-CANDIDATES}; default off, gated, judge-free and global, with the other backbones"
                            + " pointwise and paper, too; off and judge-free are always there")
    private @Nullable List<Regularizer> regularizers;

    @Option(
            names = "--threads",
            description =
                    "of training; with more than 1 a run of bpr-mf is not repeatable to the last digit; default 1, with history all"
                            + " there are")
    private @Nullable Integer threads;

    @Option(names = "--seed", description = "of candidates, training and resampling; default ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--no-wait", description = "end after the table, stopping what was started")
    private boolean noWait;

    @Option(names = "--json", paramLabel = "FILE", description = "write the report there")
    private @Nullable Path json;

    @Option(
            names = "--compose",
            description =
                    "use the services that `docker-compose up -d` published, with the key of .env, and start none")
    private boolean compose;

    @Mixin
    private final StackOptions stack = new StackOptions();

    private final Session session;

    /** In a session. */
    public DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        checkArguments();
        return compose ? againstCompose() : onOwnStack();
    }

    private void checkArguments() {
        Arguments.requireJudge(session, judge, encoder, judgments);
        Arguments.requirePositive("--threads", threads);
        if (compose && stack.given()) {
            throw CliException.badUsage(
                    "--ports and --jdbc-url are for services that the demo starts: not with --compose");
        }
        if (json != null) {
            Arguments.requireWritable("--json", session.path(json));
        }
    }

    private int onOwnStack() {
        Terminal terminal = session.terminal();
        DataSource source = DataSource.of(data, session.settings());
        StackPlan stackPlan = stack.plan(session.settings(), source.key());
        DemoPlan demoPlan = plan(source);
        terminal.note("Starting Postgres and the three services; their state and logs are in "
                + session.settings().home());
        try (Supervisor supervisor = Supervisor.start(stackPlan)) {
            Demo demo = new Demo(
                    new ScoringApi(supervisor.client(ServiceName.SCORING), terminal),
                    new TrainingApi(supervisor.client(ServiceName.TRAINING), terminal),
                    new ServingApi(supervisor.client(ServiceName.SERVING)),
                    terminal);
            write(supervisor.whileHealthy(() -> demo.run(demoPlan)));
            if (noWait) {
                return 0;
            }
            terminal.result("");
            terminal.result("Serving stays up; Ctrl-C stops everything.");
            addresses(supervisor::endpoint).forEach(terminal::result);
            terminal.result("  key            %s (header X-API-Key; new at each start)".formatted(supervisor.apiKey()));
            throw supervisor.awaitCrash();
        }
    }

    private int againstCompose() {
        Terminal terminal = session.terminal();
        DataSource source = DataSource.of(data, session.settings());
        ComposeStack services = ComposeStack.of(session);
        services.awaitStarted(COMPOSE_START);
        Demo demo = new Demo(
                new ScoringApi(services.client(ServiceName.SCORING), terminal),
                new TrainingApi(services.client(ServiceName.TRAINING), terminal),
                new ServingApi(services.client(ServiceName.SERVING)),
                terminal);
        write(demo.run(plan(source)));
        if (!noWait) {
            terminal.result("");
            terminal.result("Serving stays up until `docker-compose down`.");
            addresses(services::endpoint).forEach(terminal::result);
            terminal.result("  key            the DISCERN_API_KEY of the stack (header X-API-Key)");
        }
        return 0;
    }

    private DemoPlan plan(DataSource source) {
        return new DemoPlan(
                source.files(session.settings(), session.terminal()),
                judge,
                encoder,
                judgments == null ? null : session.path(judgments),
                backbone,
                regularizers == null ? Regularizer.ofDemo(backbone) : regularizers,
                threads == null ? backbone.threads() : threads,
                seed);
    }

    private void write(DemoReport report) {
        if (json != null) {
            report.write(session.path(json));
            session.terminal().note("Report: " + session.path(json));
        }
    }

    private static List<String> addresses(Function<ServiceName, Endpoint> endpoints) {
        URI serving = endpoints.apply(ServiceName.SERVING).url();
        return List.of(
                "  API            %s/v1/users/USER/recommendations?k=10".formatted(serving),
                "  documentation  %s/swagger-ui.html, and at %s and %s"
                        .formatted(
                                serving,
                                endpoints.apply(ServiceName.SCORING).url(),
                                endpoints.apply(ServiceName.TRAINING).url()));
    }
}
