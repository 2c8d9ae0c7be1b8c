package dev.discern.cli.ranking;

import dev.discern.cli.terminal.CliException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The rows of a CSV file with a header, plain or gzip (told by the first bytes). */
final class CsvRows {

    private static final int GZIP_MAGIC = 0x1f8b;

    private CsvRows() {}

    /** A row of a file. */
    record Row(Path file, CSVRecord fields) {

        String get(String column) {
            if (!fields.isSet(column)) {
                throw wrong("no " + column);
            }
            return fields.get(column);
        }

        /** The value of a column that the file may lack: then empty. */
        String optional(String column) {
            return fields.isSet(column) ? fields.get(column) : "";
        }

        long number(String column) {
            try {
                return Long.parseLong(get(column));
            } catch (NumberFormatException e) {
                throw wrong("%s \"%s\", expected a whole number".formatted(column, get(column)));
            }
        }

        CliException wrong(String problem) {
            return CliException.failed("%s, row %d has %s".formatted(file, fields.getRecordNumber(), problem));
        }
    }

    /**
     * Reads every row.
     *
     * @throws CliException when the file cannot be read or lacks one of the columns
     */
    static void read(Path file, List<String> columns, Consumer<Row> consumer) {
        try (CSVParser parser = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            List<String> missing = columns.stream()
                    .filter(column -> !parser.getHeaderNames().contains(column))
                    .toList();
            if (!missing.isEmpty()) {
                throw CliException.failed(
                        "%s has no column %s; it has %s".formatted(file, missing.getFirst(), parser.getHeaderNames()));
            }
            for (CSVRecord row : parser) {
                consumer.accept(new Row(file, row));
            }
        } catch (CSVException | UncheckedIOException | IllegalArgumentException e) {
            throw CliException.failed("%s is no CSV file: %s".formatted(file, e.getMessage()), e);
        } catch (IOException e) {
            throw CliException.failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        bytes.mark(2);
        int magic = bytes.read() << 8 | bytes.read();
        bytes.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(bytes) : bytes;
    }
}
