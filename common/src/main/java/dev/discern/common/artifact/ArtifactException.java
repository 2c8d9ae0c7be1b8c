package dev.discern.common.artifact;

import org.jspecify.annotations.Nullable;

/** A model folder that cannot be used; the message names the file, what was expected and what was found. */
public final class ArtifactException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    public enum Reason {
        /** A file is not there or cannot be read. */
        MISSING_FILE,
        /** A file is not what the manifest's checksum says. */
        WRONG_CHECKSUM,
        /** The folder was written by a newer version of Discern. */
        NEWER_FORMAT,
        /** A file has the right checksum and still cannot be understood, or two files disagree. */
        MALFORMED,
        /** A version name is not a plain name. */
        BAD_NAME,
        /** A version of that name exists already. */
        EXISTS,
        /** The disk refused. */
        IO
    }

    private final Reason reason;

    ArtifactException(Reason reason, String message) {
        this(reason, message, null);
    }

    ArtifactException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
