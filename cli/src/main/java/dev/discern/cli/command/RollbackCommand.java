package dev.discern.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code discern rollback}. */
@Command(
        name = "rollback",
        description = "Makes the champion before this one the champion again.",
        footer = {"", "Example:", "  discern rollback"})
public final class RollbackCommand implements Callable<Integer> {

    private final Session session;

    /** In a session. */
    public RollbackCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.terminal().result("champion: " + session.training().rollback());
        return 0;
    }
}
