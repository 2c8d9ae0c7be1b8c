package dev.discern.cli.command;

import dev.discern.cli.stack.BackgroundStack;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code discern down}. */
@Command(
        name = "down",
        description =
                "Stops what `up` or `demo` started in this home, and waits until it has ended. Data and models stay.",
        footer = {"", "Example:", "  discern down"})
public final class DownCommand implements Callable<Integer> {

    private final Session session;

    /** In a session. */
    public DownCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Path home = session.settings().home();
        boolean stopped = BackgroundStack.stop(home);
        session.terminal().note(stopped ? "Stopped everything in " + home : "Nothing runs in " + home);
        return 0;
    }
}
