package dev.discern.scoring.catalog.file;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which of a file's columns mean what. */
public final class Layout {

    /** RecBole's atomic files write a type behind each name. */
    private static final Pattern TYPED = Pattern.compile("(.+):(token|token_seq|float|float_seq)");

    private static final int SHOWN_NAMES = 20;

    private final Map<Column, Field> columns = new EnumMap<>(Column.class);
    private final Map<String, Integer> others = new LinkedHashMap<>();
    private final int size;

    /**
     * A column of a file.
     *
     * @param name as the file calls it, without a type
     * @param position in a delimited row, from 0
     * @param listSeparator what stands between the values of a list, as a regular expression
     */
    private record Field(String name, int position, String listSeparator) {}

    private Layout(int size) {
        this.size = size;
    }

    /**
     * Finds the columns of {@code kind} among {@code names}; the others are kept under their own names.
     *
     * @throws UnusableFileException when a needed column is missing or two columns mean the same
     */
    static Layout of(DataFile file, FileKind kind, List<String> names) {
        Layout layout = new Layout(names.size());
        Set<String> seen = new HashSet<>();
        for (int position = 0; position < names.size(); position++) {
            layout.add(file, kind, position, names.get(position), seen);
        }
        List<Column> missing = kind.needed().stream()
                .filter(column -> !layout.columns.containsKey(column))
                .toList();
        if (!missing.isEmpty()) {
            throw new UnusableFileException("%s has no column %s: expected %s, found %s"
                    .formatted(file.name(), describe(missing), describe(kind.needed()), shown(names)));
        }
        return layout;
    }

    private void add(DataFile file, FileKind kind, int position, String header, Set<String> seen) {
        var typed = TYPED.matcher(header);
        String name = (typed.matches() ? typed.group(1) : header).strip();
        if (name.isEmpty()) {
            return; // such as the row numbers that some tools write
        }
        if (!seen.add(name)) {
            throw new UnusableFileException("%s has the column %s twice: expected each name once"
                    .formatted(file.name(), Reject.printable(name)));
        }
        String listSeparator = header.endsWith(":token_seq") ? " " : "\\|";
        for (Column column : kind.columns()) {
            if (column.isCalled(name)) {
                Field before = columns.putIfAbsent(column, new Field(name, position, listSeparator));
                if (before != null) {
                    throw new UnusableFileException(
                            "%s has the columns %s and %s, which both mean %s: expected one of them"
                                    .formatted(file.name(), before.name, name, column.canonicalName()));
                }
                return;
            }
        }
        others.put(name, position);
    }

    /** The number of columns. */
    int size() {
        return size;
    }

    boolean has(Column column) {
        return columns.containsKey(column);
    }

    /** The column's name as the file has it, or our own when the file has no such column. */
    public String name(Column column) {
        Field field = columns.get(column);
        return field == null ? column.canonicalName() : field.name;
    }

    /** Whether a column of this name has a meaning of its own. */
    boolean means(String name) {
        return columns.values().stream().anyMatch(field -> field.name.equals(name));
    }

    /** The column's place in a delimited row, or -1. */
    int position(Column column) {
        Field field = columns.get(column);
        return field == null ? -1 : field.position;
    }

    /** What stands between the values of a list in this column, as a regular expression. */
    String listSeparator(Column column) {
        Field field = columns.get(column);
        return field == null ? "\\|" : field.listSeparator;
    }

    /** Names and places of the columns with no meaning of their own. */
    Map<String, Integer> others() {
        return others;
    }

    private static String describe(List<Column> columns) {
        return columns.stream()
                .map(column -> {
                    List<String> names = column.names();
                    return names.size() == 1
                            ? names.getFirst()
                            : "%s (or %s)"
                                    .formatted(names.getFirst(), String.join(", ", names.subList(1, names.size())));
                })
                .collect(Collectors.joining(" and "));
    }

    private static String shown(List<String> names) {
        String shown = names.stream().limit(SHOWN_NAMES).map(Reject::printable).collect(Collectors.joining(", "));
        return names.size() > SHOWN_NAMES ? shown + ", …" : shown;
    }
}
