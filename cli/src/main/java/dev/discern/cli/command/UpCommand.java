package dev.discern.cli.command;

import dev.discern.cli.data.DataSource;
import dev.discern.cli.settings.Settings;
import dev.discern.cli.stack.BackgroundStack;
import dev.discern.cli.stack.StackPlan;
import dev.discern.cli.stack.StackState;
import dev.discern.cli.stack.Supervisor;
import dev.discern.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code discern up}. */
@Command(
        name = "up",
        description =
                "Starts the three services and the embedded Postgres in the background, and returns when they are healthy.",
        footer = {"", "Examples:", "  discern up", "  discern up --data sample --ports auto"})
public final class UpCommand implements Callable<Integer> {

    /** The data set of somebody who names none. */
    private static final String OWN = "main";

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description =
                    "whose database and models to start: a value that `demo --data` had; default: one of their own")
    private @Nullable String data;

    @Option(names = "--foreground", description = "stay, and stop everything at Ctrl-C")
    private boolean foreground;

    @Mixin
    private final StackOptions stack = new StackOptions();

    private final Session session;

    /** In a session. */
    public UpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Settings settings = session.settings();
        String key = data == null ? OWN : DataSource.of(data, settings).key();
        StackPlan plan = stack.plan(settings, key);
        return foreground ? stay(plan) : detach(settings);
    }

    private int stay(StackPlan plan) {
        try (Supervisor supervisor = Supervisor.start(plan)) {
            session.terminal().note("All healthy; Ctrl-C stops everything");
            throw supervisor.awaitCrash();
        }
    }

    private int detach(Settings settings) {
        List<String> arguments = new ArrayList<>(List.of("up", "--foreground"));
        if (data != null) {
            arguments.addAll(List.of("--data", data));
        }
        arguments.addAll(stack.arguments());
        Terminal terminal = session.terminal();
        terminal.note("Starting Postgres and the three services; their state and logs are in " + settings.home());
        StackState state = BackgroundStack.start(settings, arguments);
        for (StackState.Service service : state.services()) {
            terminal.result("%-9s %s".formatted(service.name(), service.url()));
        }
        terminal.result("key       %s (header X-API-Key; new at each start)".formatted(state.apiKey()));
        return 0;
    }
}
