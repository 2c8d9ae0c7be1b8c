package dev.discern.cli.command;

import dev.discern.cli.api.TrainingApi;
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
        TrainingApi training = session.training();
        training.rollback();
        session.terminal().result("champion: " + training.aliases().get(TrainingApi.CHAMPION));
        return 0;
    }
}
