package dev.discern.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code discern promote}. */
@Command(
        name = "promote",
        description = "Makes a model the champion: serving loads it and swaps, without a failed request.",
        footer = {"", "Example:", "  discern promote bpr-mf-gated-1-0f3a"})
public final class PromoteCommand implements Callable<Integer> {

    @Parameters(paramLabel = "VERSION", description = "as `discern models` lists it")
    private String version = "";

    private final Session session;

    /** In a session. */
    public PromoteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.training().promote(version);
        session.terminal().result("champion: " + version);
        return 0;
    }
}
