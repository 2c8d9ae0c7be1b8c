package dev.discern.cli.command;

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
import dev.discern.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
            "  discern demo --data movietweetings --judge recorded --judgments answers.jsonl"
        })
public final class DemoCommand implements Callable<Integer> {

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
    private Backbone backbone = Backbone.BPR_MF;

    @Option(
            names = "--regularizers",
            paramLabel = "R",
            split = ",",
            description = "what to compare: ${COMPLETION-CANDIDATES}; default all. off and judge-free are always there")
    private List<Regularizer> regularizers = List.of(Regularizer.values());

    @Option(
            names = "--threads",
            description =
                    "of training; with more than 1 a run is not repeatable to the last digit; default ${DEFAULT-VALUE}")
    private int threads = 1;

    @Option(names = "--seed", description = "of candidates, training and resampling; default ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--no-wait", description = "end after the table, stopping what was started")
    private boolean noWait;

    @Option(names = "--json", paramLabel = "FILE", description = "write the report there")
    private @Nullable Path json;

    @Option(names = "--compose", description = "use the services that `docker-compose up` published, and start none")
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
            addresses(supervisor).forEach(terminal::result);
            throw supervisor.awaitCrash();
        }
    }

    private int againstCompose() {
        Session published = new Session(ComposeSettings.of(session.settings()), session.terminal());
        Demo demo = new Demo(
                new ScoringApi(published.publishedClient(ServiceName.SCORING), session.terminal()),
                new TrainingApi(published.publishedClient(ServiceName.TRAINING), session.terminal()),
                new ServingApi(published.publishedClient(ServiceName.SERVING)),
                session.terminal());
        write(demo.run(plan(DataSource.of(data, session.settings()))));
        return 0;
    }

    private DemoPlan plan(DataSource source) {
        return new DemoPlan(
                source.files(session.settings(), session.terminal()),
                judge,
                encoder,
                judgments == null ? null : session.path(judgments),
                backbone,
                regularizers,
                threads,
                seed);
    }

    private void write(DemoReport report) {
        if (json != null) {
            report.write(session.path(json));
            session.terminal().note("Report: " + session.path(json));
        }
    }

    private static List<String> addresses(Supervisor supervisor) {
        String serving = supervisor.endpoint(ServiceName.SERVING).url().toString();
        return List.of(
                "",
                "Serving stays up; Ctrl-C stops everything.",
                "  API            %s/v1/users/USER/recommendations?k=10".formatted(serving),
                "  documentation  %s/swagger-ui.html, and at %s and %s"
                        .formatted(
                                serving,
                                supervisor.endpoint(ServiceName.SCORING).url(),
                                supervisor.endpoint(ServiceName.TRAINING).url()),
                "  key            %s (header X-API-Key; new at each start)".formatted(supervisor.apiKey()));
    }
}
