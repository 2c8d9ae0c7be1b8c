package dev.discern.scoring.testing;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A catalog of two kinds of items, creams and films, and users who keep to one kind, as files to import. Item 0 has no text, and
 * nobody has it.
 */
public record Catalogs(int users, int items) {

    private static final String[] CREAMS = {"lotion", "soap", "shampoo", "lipstick", "perfume"};
    private static final String[] FILMS = {"western", "thriller", "comedy", "musical", "documentary"};

    /** {@code item_id,title}. */
    public String itemRows() {
        return IntStream.range(0, items)
                .mapToObj(item -> "i%d,%s\n".formatted(item, item == 0 ? "" : title(item)))
                .collect(Collectors.joining("", "item_id,title\n", ""));
    }

    /**
     * What a user with this training history is held out for the exam, in quotes as prompts have it: by the lines of the history, oldest
     * first.
     */
    public Map<String, String> auditByHistory() {
        Map<String, String> audits = new HashMap<>();
        for (int user = 0; user < users; user++) {
            int trained = 3 + user % 2;
            int of = user;
            audits.put(
                    IntStream.range(0, trained)
                            .mapToObj(n -> quoted(item(of, n)))
                            .collect(Collectors.joining("\n")),
                    quoted(item(user, trained)));
        }
        return audits;
    }

    private static String quoted(int item) {
        return "\"" + title(item) + "\"";
    }

    /** {@code user_id,item_id,timestamp}: five or six items of one kind for each user. */
    public String interactionRows() {
        return IntStream.range(0, users)
                .boxed()
                .flatMap(user -> IntStream.range(0, 5 + user % 2)
                        .mapToObj(n -> "u%d,i%d,%d\n".formatted(user, item(user, n), 1_000 + n)))
                .collect(Collectors.joining("", "user_id,item_id,timestamp\n", ""));
    }

    /** The same lines, last first. */
    public static String reversed(String rows) {
        String[] lines = rows.lines().toArray(String[]::new);
        return lines[0] + "\n"
                + IntStream.iterate(lines.length - 1, line -> line > 0, line -> line - 1)
                        .mapToObj(line -> lines[line] + "\n")
                        .collect(Collectors.joining());
    }

    private int item(int user, int n) {
        int ofAKind = items / 2 - 1;
        return 1 + user % 2 + 2 * ((user / 2 * 7 + n * (1 + user % 3)) % ofAKind);
    }

    private static String title(int item) {
        String[] kind = item % 2 == 0 ? CREAMS : FILMS;
        return String.format(
                Locale.ROOT,
                item % 2 == 0 ? "gentle %s for skin and hair no %d" : "a %s shown in cinemas no %d",
                kind[item % kind.length],
                item);
    }
}
