package dev.discern.scoring.catalog.file;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A file of rows, plain or gzip.
 *
 * @param name what its owner calls it; messages use it
 * @param path where its bytes are
 */
public record DataFile(String name, Path path) {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;

    /** The size on disk in bytes, compressed when the file is. */
    public long bytes() throws IOException {
        return Files.size(path);
    }

    /**
     * Opens the text, decompressed when the first two bytes say gzip, whatever the name says.
     *
     * @throws UnusableFileException when the name ends in {@code .gz} and the bytes are something else
     */
    Source open() throws IOException {
        CountingStream raw = new CountingStream(Files.newInputStream(path));
        try {
            BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER_BYTES);
            buffered.mark(2);
            int first = buffered.read();
            int second = buffered.read();
            buffered.reset();
            if (first << 8 == (GZIP_MAGIC & 0xff00) && second == (GZIP_MAGIC & 0xff)) {
                return new Source(new GZIPInputStream(buffered, BUFFER_BYTES), raw);
            }
            if (name.toLowerCase(Locale.ROOT).endsWith(".gz") && first >= 0) {
                throw new UnusableFileException(
                        "%s is named .gz but is not gzip: expected it to begin with the bytes 1f 8b, found %02x %s"
                                .formatted(name, first, second < 0 ? "and no more" : "%02x".formatted(second)));
            }
            return new Source(buffered, raw);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** The text of a file, and how far the file on disk has been read. */
    record Source(InputStream text, CountingStream raw) {}

    /** Counts the bytes that pass. */
    static final class CountingStream extends FilterInputStream {

        private long count;

        CountingStream(InputStream in) {
            super(in);
        }

        long count() {
            return count;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read >= 0) {
                count++;
            }
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0) {
                count += read;
            }
            return read;
        }
    }
}
