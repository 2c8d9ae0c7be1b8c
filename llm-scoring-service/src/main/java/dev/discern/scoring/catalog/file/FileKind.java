package dev.discern.scoring.catalog.file;

import java.util.List;
import java.util.stream.Stream;

/** What a file is about, and with it which columns it needs. */
public enum FileKind {
    ITEMS(List.of(Column.ITEM_ID, Column.TITLE), List.of(Column.CATEGORIES, Column.DESCRIPTION, Column.EXPIRES_AT)),
    INTERACTIONS(List.of(Column.USER_ID, Column.ITEM_ID), List.of(Column.RATING, Column.TIMESTAMP, Column.KIND));

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Column> needed;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Column> optional;

    FileKind(List<Column> needed, List<Column> optional) {
        this.needed = needed;
        this.optional = optional;
    }

    List<Column> needed() {
        return needed;
    }

    List<Column> columns() {
        return Stream.concat(needed.stream(), optional.stream()).toList();
    }
}
