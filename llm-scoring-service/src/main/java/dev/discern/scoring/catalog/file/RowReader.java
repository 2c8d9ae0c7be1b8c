package dev.discern.scoring.catalog.file;

import dev.discern.common.data.Item;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a file row by row, in memory for one row. Blank lines are no rows. */
public final class RowReader<T> implements Closeable {

    private final FileFormat format;
    private final RowMapper<T> mapper;
    private final RecordScanner records;

    private RowReader(FileFormat format, RowMapper<T> mapper, RecordScanner records) {
        this.format = format;
        this.mapper = mapper;
        this.records = records;
    }

    /**
     * Opens a file of items.
     *
     * @param from where an earlier reader stopped, or {@link Position#START} for the first row
     * @throws UnusableFileException as {@link FileFormat#detect}
     */
    public static RowReader<Item> items(DataFile file, Position from) throws IOException {
        return open(file, FileKind.ITEMS, RowMapper::item, from);
    }

    /**
     * Opens a file of interactions.
     *
     * @param from where an earlier reader stopped, or {@link Position#START} for the first row
     * @throws UnusableFileException as {@link FileFormat#detect}
     */
    public static RowReader<InteractionRow> interactions(DataFile file, Position from) throws IOException {
        return open(file, FileKind.INTERACTIONS, RowMapper::interaction, from);
    }

    private static <T> RowReader<T> open(DataFile file, FileKind kind, RowMapper<T> mapper, Position from)
            throws IOException {
        FileFormat format = FileFormat.detect(file, kind);
        Position first = from.equals(Position.START) ? format.firstRow() : from;
        return new RowReader<>(format, mapper, format.syntax().scan(file, first));
    }

    /**
     * The next row, or null at the end of the file.
     *
     * @throws UnusableFileException when compressed data is damaged or ends early
     */
    public @Nullable Row<T> next() throws IOException {
        RawRecord raw = records.next();
        while (raw != null && raw.isBlank()) {
            raw = records.next();
        }
        if (raw == null) {
            return null;
        }
        try {
            return new Row.Accepted<>(raw.line(), mapper.map(format.syntax().fields(format.layout(), raw)));
        } catch (BadRowException e) {
            return new Row.Rejected<>(e.at(raw.line()));
        }
    }

    /** Where the next row begins. */
    public Position position() {
        return records.position();
    }

    /** How much of the file on disk has been read, in bytes. */
    public long bytesRead() {
        return records.bytesRead();
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
