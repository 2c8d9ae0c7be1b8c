package dev.discern.cli.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** How a publisher writes items and ratings, read into our own two files. Rows keep their order: ties in time are broken by it. */
enum PublishedFormat {
    /** {@code movies.dat}: {@code id::title::genre|genre}; {@code ratings.dat}: {@code user::movie::rating::seconds}. */
    MOVIETWEETINGS {
        @Override
        void convert(Path folder, CSVPrinter items, CSVPrinter interactions) throws IOException {
            copy(folder.resolve("movies.dat"), 3, items);
            copy(folder.resolve("ratings.dat"), 4, interactions);
        }

        private static void copy(Path file, int columns, CSVPrinter to) throws IOException {
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                int number = 0;
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    number++;
                    String[] cells = line.split("::", -1);
                    if (cells.length != columns) {
                        throw new IOException("%s:%d has %d columns separated by ::, expected %d: %s"
                                .formatted(file, number, cells.length, columns, line));
                    }
                    to.printRecord((Object[]) cells);
                }
            }
        }
    },

    /** A zip with {@code movies.csv} (movieId,title,genres) and {@code ratings.csv} (userId,movieId,rating,timestamp). */
    MOVIELENS {
        private static final String NO_GENRES = "(no genres listed)";

        @Override
        void convert(Path folder, CSVPrinter items, CSVPrinter interactions) throws IOException {
            Path file = folder.resolve("ml-latest-small.zip");
            try (ZipFile zip = new ZipFile(file.toFile());
                    CSVParser movies = open(zip, file, "ml-latest-small/movies.csv");
                    CSVParser ratings = open(zip, file, "ml-latest-small/ratings.csv")) {
                for (CSVRecord movie : movies) {
                    String genres = movie.get("genres");
                    items.printRecord(movie.get("movieId"), movie.get("title"), genres.equals(NO_GENRES) ? "" : genres);
                }
                for (CSVRecord rating : ratings) {
                    interactions.printRecord(
                            rating.get("userId"), rating.get("movieId"), rating.get("rating"), rating.get("timestamp"));
                }
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": " + e.getMessage(), e); // commons-csv's word for a missing column
            }
        }

        private static CSVParser open(ZipFile zip, Path file, String name) throws IOException {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                throw new IOException(file + " has no " + name);
            }
            InputStream stream = zip.getInputStream(entry);
            return CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
    };

    private static final CSVFormat OURS =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    /** Reads the publisher's files in a folder; the header rows are written already. */
    abstract void convert(Path folder, CSVPrinter items, CSVPrinter interactions) throws IOException;

    /** Writes both files. */
    void convert(Path folder, DataFiles files) throws IOException {
        try (Writer itemWriter = Files.newBufferedWriter(files.items());
                Writer interactionWriter = Files.newBufferedWriter(files.interactions());
                CSVPrinter items = new CSVPrinter(itemWriter, OURS);
                CSVPrinter interactions = new CSVPrinter(interactionWriter, OURS)) {
            items.printRecord("item_id", "title", "categories");
            interactions.printRecord("user_id", "item_id", "rating", "timestamp");
            convert(folder, items, interactions);
        }
    }
}
