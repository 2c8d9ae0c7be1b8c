package dev.discern.scoring.catalog.file;

/** A file that cannot be imported as a whole; the message names the file, what was expected and what came. */
public final class UnusableFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnusableFileException(String message) {
        super(message);
    }

    public UnusableFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
