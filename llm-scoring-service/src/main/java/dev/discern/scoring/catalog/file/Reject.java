package dev.discern.scoring.catalog.file;

/**
 * A row that was left out, and why.
 *
 * @param line where it begins, from 1
 * @param column as the file calls it; empty when the whole row is at fault
 * @param reason what was expected
 * @param value what came, one line, cut to {@value #SHOWN_CHARS} characters
 */
public record Reject(long line, String column, String reason, String value) {

    private static final int SHOWN_CHARS = 200;

    public Reject {
        value = printable(value);
    }

    /** {@code text} cut to a length fit for a message, control characters shown as spaces. */
    static String printable(String text) {
        String cut = text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", " ");
    }
}
