package dev.discern.scoring.catalog.file;

import java.util.List;
import java.util.Locale;

/** What a column of a file can mean, and the names under which it is known. */
public enum Column {
    USER_ID("user_id", "reviewerID"),
    ITEM_ID("item_id", "movieId", "asin"),
    RATING("rating", "overall"),
    TIMESTAMP("timestamp", "unixReviewTime"),
    KIND("kind"),
    TITLE("title", "movie_title"),
    CATEGORIES("categories", "category", "genres", "class"),
    DESCRIPTION("description"),
    EXPIRES_AT("expires_at");

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> names;

    Column(String... names) {
        this.names = List.of(names);
    }

    /** The name of our own format. */
    public String canonicalName() {
        return names.getFirst();
    }

    /** All names: ours, MovieLens', Amazon's, RecBole's. */
    List<String> names() {
        return names;
    }

    /** Whether a file may call this column so; case and underscores make no difference. */
    boolean isCalled(String name) {
        return names.stream().anyMatch(known -> key(known).equals(key(name)));
    }

    private static String key(String name) {
        return name.strip().replace("_", "").toLowerCase(Locale.ROOT);
    }
}
