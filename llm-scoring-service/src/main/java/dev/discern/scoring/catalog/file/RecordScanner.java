package dev.discern.scoring.catalog.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a file into records without holding more than one of them.
 *
 * <p>A record ends at a line feed outside quotes. As in RFC 4180 a quote opens a field only at the field's first byte. A quote
 * that is never closed would swallow the rest of the file; then only the line that opened it is given up, and reading goes on
 * with the next one. The same happens to a line of more than {@value #MAX_BYTES} bytes.
 *
 * <p>Works on bytes, since in UTF-8 no byte of a longer character looks like a quote, a comma or a line feed: so one badly
 * encoded record spoils no other.
 */
final class RecordScanner implements Closeable {

    /** The longest record, in bytes. */
    static final int MAX_BYTES = 1 << 20;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int SHOWN_BYTES = 1 << 10;
    private static final byte NO_DELIMITER = '\n';

    private enum State {
        FIELD_START,
        UNQUOTED,
        QUOTED,
        QUOTE_IN_QUOTED
    }

    private final DataFile file;
    private final DataFile.Source source;
    private final byte delimiter; // of quoted fields; NO_DELIMITER where quotes mean nothing
    private byte[] buffer = new byte[1 << 16];
    private int start; // of the next record in buffer
    private int end; // of what buffer holds
    private long offset;
    private long line;

    private RecordScanner(DataFile file, DataFile.Source source, byte delimiter) {
        this.file = file;
        this.source = source;
        this.delimiter = delimiter;
    }

    /** Records whose fields may be quoted and hold line feeds. */
    static RecordScanner quoted(DataFile file, char delimiter, Position from) throws IOException {
        return open(file, (byte) delimiter, from);
    }

    /** Each line is a record. */
    static RecordScanner lines(DataFile file, Position from) throws IOException {
        return open(file, NO_DELIMITER, from);
    }

    private static RecordScanner open(DataFile file, byte delimiter, Position from) throws IOException {
        DataFile.Source source;
        try {
            source = file.open();
        } catch (ZipException | EOFException e) {
            throw new UnusableFileException(
                    "%s begins like gzip but is damaged: %s".formatted(file.name(), e.getMessage()));
        }
        RecordScanner scanner = new RecordScanner(file, source, delimiter);
        try {
            scanner.skipTo(from);
        } catch (IOException | RuntimeException e) {
            scanner.close();
            throw e;
        }
        return scanner;
    }

    private void skipTo(Position from) throws IOException {
        if (from.offset() > 0) {
            source.text().skipNBytes(from.offset());
            offset = from.offset();
            line = from.line();
            return;
        }
        while (end < BYTE_ORDER_MARK.length && fill()) {
            // a byte order mark may come in pieces
        }
        if (end >= BYTE_ORDER_MARK.length && Arrays.equals(buffer, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, 3)) {
            consume(BYTE_ORDER_MARK.length, 0);
        }
    }

    /** Where the next record begins. */
    Position position() {
        return new Position(offset, line);
    }

    /** How much of the file on disk has been read, in bytes. */
    long bytesRead() {
        return source.raw().count();
    }

    /**
     * The next record, or null at the end of the file.
     *
     * @throws UnusableFileException when compressed data is damaged or ends early
     */
    @Nullable
    RawRecord next() throws IOException {
        State state = State.FIELD_START;
        int firstLine = 0; // length of the record's first line with its line feed, 0 while it is the only one
        int lines = 1;
        int quoteLine = 0; // of the record's lines, the one that opened the last quote
        int length = 0;
        while (true) {
            if (length == end - start && !fill()) {
                return atEnd(state, firstLine, lines, length);
            }
            if (length == MAX_BYTES) {
                return tooLong(firstLine);
            }
            byte b = buffer[start + length++];
            if (b == '\n' && state != State.QUOTED) {
                return take(length, lines, null);
            }
            if (b == '\n') {
                lines++;
                firstLine = firstLine == 0 ? length : firstLine;
            }
            if (delimiter != NO_DELIMITER) {
                State before = state;
                state = after(before, b);
                if (before == State.FIELD_START && state == State.QUOTED) {
                    quoteLine = lines;
                }
                if (before == State.QUOTE_IN_QUOTED && state == State.UNQUOTED && quoteLine < lines) {
                    return neverClosed(firstLine); // what closed the quote was the opening of another
                }
            }
        }
    }

    private State after(State state, byte b) {
        return switch (state) {
            case FIELD_START -> b == '"' ? State.QUOTED : b == delimiter ? State.FIELD_START : State.UNQUOTED;
            case UNQUOTED -> b == delimiter ? State.FIELD_START : State.UNQUOTED;
            case QUOTED -> b == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
            case QUOTE_IN_QUOTED ->
                b == '"'
                        ? State.QUOTED
                        : b == delimiter ? State.FIELD_START : b == '\r' ? State.QUOTE_IN_QUOTED : State.UNQUOTED;
        };
    }

    private @Nullable RawRecord atEnd(State state, int firstLine, int lines, int length) {
        if (length == 0) {
            return null;
        }
        if (state == State.QUOTED) {
            return firstLine > 0 ? neverClosed(firstLine) : take(length, 1, "a quote is never closed");
        }
        return take(length, lines, null);
    }

    private RawRecord neverClosed(int firstLine) {
        return take(firstLine, 1, "a quote is never closed");
    }

    private RawRecord tooLong(int firstLine) throws IOException {
        if (firstLine > 0) {
            return neverClosed(firstLine);
        }
        byte[] shown = Arrays.copyOfRange(buffer, start, start + SHOWN_BYTES);
        boolean more = true;
        while (more) {
            int scanned = start;
            while (scanned < end && buffer[scanned] != '\n') {
                scanned++;
            }
            boolean found = scanned < end;
            consume(scanned - start + (found ? 1 : 0), 0);
            more = !found && fill();
        }
        line++;
        return new RawRecord(line, shown, "a line of more than %,d bytes".formatted(MAX_BYTES));
    }

    /** Hands out the next {@code length} bytes, less their line end. */
    private RawRecord take(int length, int lines, @Nullable String defect) {
        int last = start + length;
        if (last > start && buffer[last - 1] == '\n') {
            last--;
        }
        if (last > start && buffer[last - 1] == '\r') {
            last--;
        }
        RawRecord taken = new RawRecord(line + 1, Arrays.copyOfRange(buffer, start, last), defect);
        consume(length, lines);
        return taken;
    }

    private void consume(int length, int lines) {
        start += length;
        offset += length;
        line += lines;
    }

    /** Reads more behind what is there; false at the end of the file. */
    private boolean fill() throws IOException {
        if (start > 0 && end == buffer.length) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        try {
            int read = source.text().read(buffer, end, buffer.length - end);
            if (read > 0) {
                end += read;
            }
            return read > 0;
        } catch (ZipException | EOFException e) {
            throw new UnusableFileException(
                    "%s: the gzip data is damaged or ends early, after line %,d (%s); upload the whole file"
                            .formatted(file.name(), line, e.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        source.text().close();
    }
}
