package dev.discern.cli.sample;

import dev.discern.common.random.Seeds;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A simulated audience of the sample catalogue (docs/sample-data.md). Real films, invented people: their figures show how the
 * software works, not how people behave. The same seed gives the same bytes on every machine.
 */
public final class SampleAudience {

    /** The seed of the demo. */
    public static final long DEFAULT_SEED = 20_261_124;

    private static final int VIEWERS = 4_000;
    private static final double POPULARITY_EXPONENT = 0.6;
    private static final int SHORTEST = 3;
    private static final int LONGEST = 120;
    private static final double LENGTH_SCALE = 2.2;
    private static final double LENGTH_SHAPE = 1.05;
    private static final double SAME_DIRECTOR = 6;
    private static final double SHARED_GENRE = 2;
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final long SECONDS_TO_JOIN = 365L * 86_400;
    private static final double MEAN_SECONDS_BETWEEN = 5 * 86_400.0;

    private final Seeds seeds;
    private final List<Film> films = FilmCatalog.load();
    private final List<String> genres = new ArrayList<>(
            new TreeSet<>(films.stream().flatMap(film -> film.genres().stream()).toList()));
    private final int[] genreBits; // (films) a bit for each genre of the film
    private final double[] appeal; // (films) log popularity

    public SampleAudience(long seed) {
        this.seeds = new Seeds(seed);
        this.appeal = appeal();
        this.genreBits = films.stream()
                .mapToInt(film -> film.genres().stream()
                        .mapToInt(genre -> 1 << genres.indexOf(genre))
                        .sum())
                .toArray();
    }

    /** Writes {@code items.csv} and {@code interactions.csv} into {@code folder}. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        writeItems(folder.resolve("items.csv"));
        writeInteractions(folder.resolve("interactions.csv"));
    }

    private void writeItems(Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file);
                CSVPrinter csv = CSVFormat.RFC4180.print(writer)) {
            csv.printRecord("item_id", "title", "categories", "description", "year", "director", "country");
            for (Film film : films) {
                csv.printRecord(
                        film.id(),
                        film.title(),
                        String.join("|", film.genres()),
                        film.description(),
                        film.year(),
                        film.director(),
                        film.country());
            }
        }
    }

    private void writeInteractions(Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file);
                CSVPrinter csv = CSVFormat.RFC4180.print(writer)) {
            csv.printRecord("user_id", "item_id", "timestamp");
            for (int viewer = 0; viewer < VIEWERS; viewer++) {
                String id = String.format(Locale.ROOT, "viewer-%04d", viewer + 1);
                SplittableRandom random = seeds.random("viewer", viewer);
                double time = START.getEpochSecond() + random.nextDouble() * SECONDS_TO_JOIN;
                for (int film : history(viewer(random), random)) {
                    csv.printRecord(id, films.get(film).id(), (long) time);
                    time += 1 - MEAN_SECONDS_BETWEEN * StrictMath.log(1 - random.nextDouble());
                }
            }
        }
    }

    /** Popularity falls with a random rank by a power law. */
    private double[] appeal() {
        SplittableRandom random = seeds.random("popularity");
        int[] rank = new int[films.size()];
        for (int film = 0; film < rank.length; film++) {
            int swap = random.nextInt(film + 1); // an inside-out shuffle of 1, 2, 3, ...
            rank[film] = rank[swap];
            rank[swap] = film + 1;
        }
        double[] log = new double[rank.length];
        for (int film = 0; film < log.length; film++) {
            log[film] = -POPULARITY_EXPONENT * StrictMath.log(rank[film]);
        }
        return log;
    }

    private Viewer viewer(SplittableRandom random) {
        List<String> left = new ArrayList<>(genres);
        Map<String, Double> liking = new LinkedHashMap<>();
        liking.put(take(left, random), 2.0);
        liking.put(take(left, random), 1.2);
        liking.put(take(left, random), 0.8);
        liking.put(take(left, random), -1.5);
        // Eras, directors and countries are drawn by way of a film, so the frequent ones are the frequent favourites.
        Set<String> directors = new LinkedHashSet<>();
        Set<String> countries = new LinkedHashSet<>();
        while (directors.size() < 3) {
            directors.add(anyFilm(random).director());
        }
        while (countries.size() < 2) {
            countries.add(anyFilm(random).country());
        }
        return new Viewer(liking, anyFilm(random).year(), directors, countries, 1.2 + 1.2 * random.nextDouble());
    }

    private static String take(List<String> from, SplittableRandom random) {
        return from.remove(random.nextInt(from.size()));
    }

    private Film anyFilm(SplittableRandom random) {
        return films.get(random.nextInt(films.size()));
    }

    /** Films one after the other, without repeats; the last one pulls the next towards its director and genres. */
    private List<Integer> history(Viewer viewer, SplittableRandom random) {
        double[] weight = new double[films.size()];
        for (int film = 0; film < weight.length; film++) {
            weight[film] = StrictMath.exp(viewer.utility(films.get(film)) + appeal[film]);
        }
        int length = length(random);
        List<Integer> history = new ArrayList<>(length);
        Set<Integer> seen = new HashSet<>();
        while (history.size() < length) {
            int next = choose(weight, history.isEmpty() ? -1 : history.get(history.size() - 1), seen, random);
            history.add(next);
            seen.add(next);
        }
        return history;
    }

    /** Lomax-distributed lengths: half of the viewers have five films or fewer, a few have a hundred. */
    private static int length(SplittableRandom random) {
        double lomax = StrictMath.pow(1 - random.nextDouble(), -1 / LENGTH_SHAPE) - 1;
        return (int) Math.min(LONGEST, SHORTEST + LENGTH_SCALE * lomax);
    }

    private int choose(double[] weight, int last, Set<Integer> seen, SplittableRandom random) {
        double[] now = new double[weight.length];
        double total = 0;
        for (int film = 0; film < now.length; film++) {
            now[film] = seen.contains(film) ? 0 : weight[film] * (last < 0 ? 1 : pull(last, film));
            total += now[film];
        }
        double left = random.nextDouble() * total;
        int chosen = -1;
        for (int film = 0; film < now.length && left >= 0; film++) {
            if (now[film] > 0) {
                chosen = film;
                left -= now[film];
            }
        }
        return chosen;
    }

    private double pull(int last, int next) {
        double pull = films.get(last).director().equals(films.get(next).director()) ? SAME_DIRECTOR : 1;
        return (genreBits[last] & genreBits[next]) != 0 ? pull * SHARED_GENRE : pull;
    }
}
