package dev.discern.cli.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads the films that come with the command. */
final class FilmCatalog {

    private static final String RESOURCE = "films.csv";

    private FilmCatalog() {}

    static List<Film> load() {
        InputStream in = Objects.requireNonNull(FilmCatalog.class.getResourceAsStream(RESOURCE), RESOURCE);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
                CSVParser parser = format.parse(reader)) {
            return parser.stream().map(FilmCatalog::film).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the film catalogue cannot be read", e);
        }
    }

    private static Film film(CSVRecord row) {
        return new Film(
                row.get("title"),
                Integer.parseInt(row.get("year")),
                Arrays.asList(row.get("genres").split("\\|")),
                row.get("director"),
                row.get("country"),
                row.get("keywords"));
    }
}
