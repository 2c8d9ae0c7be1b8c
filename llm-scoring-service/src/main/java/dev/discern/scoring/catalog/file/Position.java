package dev.discern.scoring.catalog.file;

/**
 * A place between two records of a file.
 *
 * @param offset bytes of text before it, counted after decompression
 * @param line lines before it; the next record begins at line {@code line + 1}
 */
public record Position(long offset, long line) {

    public static final Position START = new Position(0, 0);

    public Position {
        if (offset < 0 || line < 0) {
            throw new IllegalArgumentException("offset and line must not be negative: " + offset + ", " + line);
        }
    }
}
