package dev.discern.cli.terminal;

import org.jspecify.annotations.Nullable;

/**
 * A failure that the user can act on: its message names the file, line, field or URL at fault and what to do. Commands print the
 * message alone and end with {@link #exitCode()}.
 */
public class CliException extends RuntimeException {

    /** The command was right and its work failed. */
    public static final int FAILED = 1;

    /** The command line itself is wrong. */
    public static final int BAD_USAGE = 2;

    private final int exitCode;

    /** A failure with its exit code. */
    protected CliException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The work failed. */
    public static CliException failed(String message) {
        return new CliException(FAILED, message, null);
    }

    /** The work failed because of something else. */
    public static CliException failed(String message, Throwable cause) {
        return new CliException(FAILED, message, cause);
    }

    /** The command line asks for something that cannot be. */
    public static CliException badUsage(String message) {
        return new CliException(BAD_USAGE, message, null);
    }

    /** 1 or 2. */
    public final int exitCode() {
        return exitCode;
    }
}
