package dev.discern.scoring.catalog.file;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * How a file's rows are to be read, found by looking at its beginning.
 *
 * @param syntax how fields are separated
 * @param layout which column means what
 * @param firstRow where the rows begin, behind the header where there is one
 */
public record FileFormat(Syntax syntax, Layout layout, Position firstRow) {

    /** JSON lines have no header: the names of this many rows stand for it. */
    private static final int SAMPLED_ROWS = 100;

    /**
     * Looks at a file's beginning.
     *
     * @throws UnusableFileException when the file is empty, is not the gzip its name promises, or lacks a needed column
     * @throws IOException when the file cannot be read
     */
    public static FileFormat detect(DataFile file, FileKind kind) throws IOException {
        Syntax syntax = syntax(file);
        return syntax == Syntax.JSON_LINES ? jsonLines(file, kind) : delimited(file, kind, syntax);
    }

    private static Syntax syntax(DataFile file) throws IOException {
        try (RecordScanner lines = RecordScanner.lines(file, Position.START)) {
            RawRecord first = firstRecord(lines);
            if (first == null) {
                throw new UnusableFileException(
                        "%s is empty: expected a header and rows, or JSON lines".formatted(file.name()));
            }
            return Syntax.of(first);
        }
    }

    private static FileFormat delimited(DataFile file, FileKind kind, Syntax syntax) throws IOException {
        try (RecordScanner records = syntax.scan(file, Position.START)) {
            RawRecord header = firstRecord(records);
            if (header == null) {
                throw new IllegalStateException(file.name() + " has lost its first line");
            }
            try {
                Layout layout = Layout.of(file, kind, syntax.split(header));
                return new FileFormat(syntax, layout, records.position());
            } catch (BadRowException e) {
                throw new UnusableFileException(
                        "%s:%d: expected a header that names the columns, found a line that cannot be read: %s"
                                .formatted(file.name(), header.line(), e.getMessage()));
            }
        }
    }

    private static FileFormat jsonLines(DataFile file, FileKind kind) throws IOException {
        try (RecordScanner lines = RecordScanner.lines(file, Position.START)) {
            Set<String> names = new LinkedHashSet<>();
            @Nullable String firstDefect = null;
            RawRecord line = firstRecord(lines);
            for (int k = 0; k < SAMPLED_ROWS && line != null; k++) {
                try {
                    JsonNode row = Syntax.object(line);
                    row.propertyNames().forEach(names::add);
                } catch (BadRowException | JacksonException e) {
                    firstDefect =
                            firstDefect == null ? "line %d: %s".formatted(line.line(), e.getMessage()) : firstDefect;
                }
                line = lines.next();
            }
            if (names.isEmpty()) {
                throw new UnusableFileException("%s begins with { but has no JSON object on a line of its own: %s"
                        .formatted(file.name(), firstDefect));
            }
            return new FileFormat(Syntax.JSON_LINES, Layout.of(file, kind, List.copyOf(names)), Position.START);
        }
    }

    private static @Nullable RawRecord firstRecord(RecordScanner records) throws IOException {
        RawRecord record = records.next();
        while (record != null && record.isBlank()) {
            record = records.next();
        }
        return record;
    }
}
