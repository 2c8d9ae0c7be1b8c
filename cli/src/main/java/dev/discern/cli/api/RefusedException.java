package dev.discern.cli.api;

import dev.discern.cli.terminal.CliException;

/** A service refused a request and said why. */
final class RefusedException extends CliException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    RefusedException(String message, Problem problem) {
        super(FAILED, message, null);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
