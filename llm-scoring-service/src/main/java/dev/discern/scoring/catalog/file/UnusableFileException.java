package dev.discern.scoring.catalog.file;

/**
 * A file that cannot be imported as a whole; the message names the file, what was expected and what
 * came, and is all there is to tell: there is no cause behind it.
 */
public final class UnusableFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnusableFileException(String message) {
        super(message);
    }
}
