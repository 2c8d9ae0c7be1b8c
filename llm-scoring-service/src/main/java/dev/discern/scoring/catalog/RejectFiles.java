package dev.discern.scoring.catalog;

import dev.discern.scoring.catalog.file.Reject;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.springframework.stereotype.Component;

/**
 * The rejected rows of each import, as CSV with the columns {@code file,line,column,reason,value}.
 *
 * <p>Every step of an import writes a file of its own and tells how long it was when its transaction committed. A restarted step
 * cuts its file back to that length, so that no reject is lost or written twice.
 */
@Component
class RejectFiles {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();
    private static final String HEADER = "file,line,column,reason,value\n";

    private final Path folder;

    RejectFiles(ImportProperties properties) {
        this.folder = properties.rejectsFolder();
    }

    /** Opens the file of one step of an import, keeping its first {@code keptBytes}. */
    RejectFile open(long importId, ImportStep step, long keptBytes) throws IOException {
        Path path = path(importId, step);
        Files.createDirectories(folder(importId));
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(keptBytes).position(keptBytes);
        return new RejectFile(channel);
    }

    /** Writes all rejects of an import, with a header. */
    void copy(long importId, OutputStream out) throws IOException {
        out.write(HEADER.getBytes(StandardCharsets.UTF_8));
        for (Path path : paths(importId)) {
            Files.copy(path, out);
        }
    }

    /** The first reject of the file named {@code fileName}, as a sentence. */
    Optional<String> first(long importId, String fileName) throws IOException {
        for (Path path : paths(importId)) {
            try (CSVParser rejects = CSVParser.parse(path, StandardCharsets.UTF_8, FORMAT)) {
                for (CSVRecord reject : rejects) {
                    if (reject.get(0).equals(fileName)) {
                        String column = reject.get(2).isEmpty() ? "" : " column " + reject.get(2) + ":";
                        String value = reject.get(4).isEmpty() ? "" : " (" + reject.get(4) + ")";
                        return Optional.of(
                                "%s:%s:%s %s%s".formatted(fileName, reject.get(1), column, reject.get(3), value));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private List<Path> paths(long importId) {
        return Stream.of(ImportStep.values())
                .map(step -> path(importId, step))
                .filter(Files::exists)
                .toList();
    }

    private Path path(long importId, ImportStep step) {
        return folder(importId).resolve(step.stepName() + ".csv");
    }

    private Path folder(long importId) {
        return folder.resolve("import-" + importId);
    }

    /** The rejects of one step. */
    static final class RejectFile implements Closeable {

        private final FileChannel channel;
        private final BufferedWriter writer;
        private final CSVPrinter printer;

        private RejectFile(FileChannel channel) throws IOException {
            this.channel = channel;
            this.writer = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
            this.printer = new CSVPrinter(writer, FORMAT);
        }

        void add(String fileName, Reject reject) throws IOException {
            printer.printRecord(fileName, reject.line(), reject.column(), reject.reason(), reject.value());
        }

        /** Forces everything to disk; returns the length in bytes. */
        long force() throws IOException {
            writer.flush();
            channel.force(false);
            return channel.position();
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }
}
