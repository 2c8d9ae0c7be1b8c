package dev.discern.cli.ranking;

import dev.discern.cli.terminal.CliException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one model was shown and how it ranked it, by user.
 *
 * @param shown candidates in the order shown
 * @param ranked the model's list, best first
 */
record RankedLists(Map<String, List<String>> shown, Map<String, List<String>> ranked) {

    private static final String MODEL = "model";
    private static final String TASK = "task";
    private static final String USER = "user_id";
    private static final String ITEM = "item_id";

    private record Placed(long place, String item) {}

    private record Kind(String model, String task) implements Comparable<Kind> {

        static Kind of(CsvRows.Row row) {
            return new Kind(row.optional(MODEL), row.optional(TASK));
        }

        boolean is(@Nullable String wantedModel, @Nullable String wantedTask) {
            return (wantedModel == null || wantedModel.equals(model))
                    && (wantedTask == null || wantedTask.equals(task));
        }

        @Override
        public int compareTo(Kind other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return task.isEmpty() ? model : model + " " + task;
        }
    }

    /**
     * Reads the lists of one model and task; either may be null where the files have only one.
     *
     * @throws CliException when there is none, or more than one to choose from
     */
    static RankedLists read(Path rankings, Path candidates, @Nullable String model, @Nullable String task) {
        Map<Kind, Map<String, List<Placed>>> shown = read(candidates, "candidate_rank");
        Map<Kind, Map<String, List<Placed>>> ranked = read(rankings, "rank");
        Set<Kind> both = new TreeSet<>(shown.keySet());
        both.retainAll(ranked.keySet());
        List<Kind> fitting = both.stream().filter(kind -> kind.is(model, task)).toList();
        if (fitting.size() != 1) {
            throw CliException.badUsage("--model and --task fit %d kinds of lists, expected one of: %s"
                    .formatted(fitting.size(), both.stream().map(Kind::toString).collect(Collectors.joining(", "))));
        }
        Kind kind = fitting.getFirst();
        return new RankedLists(ordered(shown.get(kind)), ordered(ranked.get(kind)));
    }

    private static Map<Kind, Map<String, List<Placed>>> read(Path file, String place) {
        Map<Kind, Map<String, List<Placed>>> lists = new TreeMap<>();
        CsvRows.read(file, List.of(USER, ITEM, place), row -> {
            if (!row.get(ITEM).isEmpty()) { // a model names items that nobody knows
                lists.computeIfAbsent(Kind.of(row), kind -> new TreeMap<>())
                        .computeIfAbsent(row.get(USER), user -> new ArrayList<>())
                        .add(new Placed(row.number(place), row.get(ITEM)));
            }
        });
        return lists;
    }

    /** Each user's items by place, without repeats. */
    private static Map<String, List<String>> ordered(@Nullable Map<String, List<Placed>> lists) {
        Map<String, List<String>> ordered = new TreeMap<>();
        if (lists != null) {
            lists.forEach((user, placed) -> {
                placed.sort((a, b) -> Long.compare(a.place, b.place));
                Set<String> items = new LinkedHashSet<>();
                placed.forEach(one -> items.add(one.item));
                ordered.put(user, List.copyOf(items));
            });
        }
        return ordered;
    }
}
