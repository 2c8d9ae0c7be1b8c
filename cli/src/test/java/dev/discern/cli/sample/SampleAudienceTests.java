package dev.discern.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleAudienceTests {

    private final List<Film> films = FilmCatalog.load();
    private final Map<String, Film> filmById = films.stream().collect(Collectors.toMap(Film::id, film -> film));
    private List<String[]> rows = List.of();

    @TempDir
    private Path folder;

    @BeforeEach
    void simulate() throws IOException {
        new SampleAudience(SampleAudience.DEFAULT_SEED).write(folder);
        rows = Files.readAllLines(folder.resolve("interactions.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    @Test
    void theCatalogueIsLargeWideAndFreeOfRepeats() {
        assertThat(films).hasSizeGreaterThanOrEqualTo(600);
        assertThat(filmById).hasSameSizeAs(films);
        assertThat(films).allSatisfy(film -> {
            assertThat(film.year()).isBetween(1920, 2025);
            assertThat(film.genres()).isNotEmpty().doesNotHaveDuplicates();
            assertThat(film.keywords()).isNotBlank();
        });
        assertThat(films.stream().map(Film::country).distinct().count()).isGreaterThanOrEqualTo(40);
        assertThat(films.stream().map(Film::director).distinct().count()).isGreaterThanOrEqualTo(250);
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers(@TempDir Path again, @TempDir Path other) throws IOException {
        new SampleAudience(SampleAudience.DEFAULT_SEED).write(again);
        new SampleAudience(7).write(other);

        for (String file : List.of("items.csv", "interactions.csv")) {
            assertThat(again.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
        }
        assertThat(Files.mismatch(other.resolve("interactions.csv"), folder.resolve("interactions.csv")))
                .isNotEqualTo(-1);
    }

    @Test
    void historiesAreMostlyShortWithoutRepeatsAndInOrderOfTime() {
        Map<String, Long> lastTime = new HashMap<>();
        Map<String, Set<String>> seen = new LinkedHashMap<>();
        for (String[] row : rows) {
            long time = Long.parseLong(row[2]);
            assertThat(time).isGreaterThan(lastTime.getOrDefault(row[0], 0L));
            lastTime.put(row[0], time);
            assertThat(seen.computeIfAbsent(row[0], user -> new HashSet<>()).add(row[1]))
                    .isTrue();
            assertThat(filmById).containsKey(row[1]);
        }
        long shortOnes =
                seen.values().stream().filter(history -> history.size() <= 5).count();
        assertThat((double) shortOnes / seen.size()).isBetween(0.45, 0.65);
        assertThat(rows.size()).isBetween(30_000, 70_000);
    }

    @Test
    void popularityHasAHeadAndALongTail() {
        List<Long> counts =
                counts().values().stream().sorted(Comparator.reverseOrder()).toList();
        long head = counts.subList(0, films.size() / 10).stream()
                .mapToLong(Long::longValue)
                .sum();

        assertThat((double) head / rows.size()).isGreaterThan(0.25);
        assertThat(counts.stream().filter(count -> count <= 10).count()).isGreaterThan(films.size() / 50);
    }

    @Test
    void viewersStayNearTheirTastes() {
        Map<String, List<Film>> histories = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row[0],
                        LinkedHashMap::new,
                        Collectors.mapping(row -> filmById.get(row[1]), Collectors.toList())));
        List<List<Film>> all = List.copyOf(histories.values());
        double own = 0;
        double others = 0;
        for (int n = 0; n < all.size(); n++) {
            Film first = all.get(n).get(0);
            own += sharesGenre(first, all.get(n).get(1));
            others += sharesGenre(first, all.get((n + 1) % all.size()).get(1));
        }
        assertThat(own / all.size()).isGreaterThan(others / all.size() + 0.05);
    }

    private static double sharesGenre(Film a, Film b) {
        return a.genres().stream().anyMatch(b.genres()::contains) ? 1 : 0;
    }

    private Map<String, Long> counts() {
        return rows.stream().collect(Collectors.groupingBy(row -> row[1], Collectors.counting()));
    }
}
