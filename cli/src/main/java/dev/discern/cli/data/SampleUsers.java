package dev.discern.cli.data;

import dev.discern.cli.terminal.CliException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Three users to show recommendations for: one with a short history, one with a middling, one with a long one. */
public final class SampleUsers {

    /** The start of a large file says enough. */
    private static final int ROWS = 50_000;
    /** Two interactions of each user are held out, so fewer leave no history. */
    private static final int FEWEST = 4;

    private static final String COLUMN = "user_id";

    private SampleUsers() {}

    /** A user and how many interactions the rows that were read have of them. */
    public record User(String id, int interactions) {}

    /** Picks them from an interactions file; fewer when there are fewer. */
    public static List<User> of(Path interactions) {
        List<User> users = counts(interactions).entrySet().stream()
                .filter(entry -> entry.getValue() >= FEWEST)
                .map(entry -> new User(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(User::interactions))
                .toList();
        return Stream.of(0.1, 0.5, 0.95)
                .filter(share -> !users.isEmpty())
                .map(share -> users.get((int) (share * (users.size() - 1))))
                .distinct()
                .toList();
    }

    private static Map<String, Integer> counts(Path file) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        try (BufferedReader reader = open(file)) {
            Stream<String> ids =
                    String.valueOf(file.getFileName()).contains(".jsonl") ? jsonLines(reader) : csv(reader);
            ids.limit(ROWS).filter(id -> !id.isEmpty()).forEach(id -> counts.merge(id, 1, Integer::sum));
        } catch (IOException | UncheckedIOException | JacksonException | IllegalArgumentException e) {
            throw CliException.failed("cannot read users from " + file + ": " + e.getMessage(), e);
        }
        return counts;
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    }

    private static Stream<String> csv(BufferedReader reader) throws IOException {
        return CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader).stream()
                .map(row -> row.isSet(COLUMN) ? row.get(COLUMN) : "");
    }

    private static Stream<String> jsonLines(BufferedReader reader) {
        JsonMapper json = JsonMapper.shared();
        return reader.lines()
                .filter(line -> !line.isBlank())
                .map(line -> json.readTree(line).path(COLUMN).asString(""));
    }
}
