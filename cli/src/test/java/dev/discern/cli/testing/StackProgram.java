package dev.discern.cli.testing;

import dev.discern.cli.stack.Supervisor;
import dev.discern.cli.stack.SupervisorIntegrationTests;
import java.nio.file.Path;

/** A process that keeps a stack of {@link ServiceProgram}s up, so that tests can kill it. */
public final class StackProgram {

    private StackProgram() {}

    /** Argument: the home. */
    public static void main(String[] arguments) {
        try (Supervisor supervisor = Supervisor.start(SupervisorIntegrationTests.plan(Path.of(arguments[0])))) {
            throw supervisor.awaitCrash();
        }
    }
}
