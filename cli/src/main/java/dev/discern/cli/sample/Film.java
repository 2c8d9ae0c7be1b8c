package dev.discern.cli.sample;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** A film of the sample catalogue. */
record Film(String title, int year, List<String> genres, String director, String country, String keywords) {

    Film {
        genres = List.copyOf(genres);
    }

    /** A readable id: {@code seven-samurai-1954}. */
    String id() {
        String plain = Normalizer.normalize(title, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return plain + "-" + year;
    }

    /** A plain sentence for judges that read text. */
    String description() {
        return "Directed by %s. %s, %ds. %s".formatted(director, country, year / 10 * 10, keywords);
    }
}
