package dev.discern.scoring.catalog.file;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one row, whatever its format, with the rules that every field keeps. */
abstract sealed class Fields permits DelimitedFields, JsonFields {

    /** The longest id, in UTF-16 units. */
    static final int MAX_ID_CHARS = 256;

    /** The longest other field, in UTF-16 units. */
    static final int MAX_FIELD_CHARS = 1 << 16;

    private final Layout layout;

    Fields(Layout layout) {
        this.layout = layout;
    }

    /** The field as it stands, or null when the row has none. */
    abstract @Nullable String raw(Column column) throws BadRowException;

    /** The values of a list, unchecked; empty when the row has none. */
    abstract List<String> rawList(Column column) throws BadRowException;

    /** What the row has besides the known columns, by name; empty values are left out. */
    abstract Map<String, String> others() throws BadRowException;

    final Layout layout() {
        return layout;
    }

    /** An id: needed, opaque, on one line. */
    final String id(Column column) throws BadRowException {
        String id = raw(column);
        if (id == null || id.isBlank()) {
            throw bad(column, "an id is missing", "");
        }
        return word(column, id);
    }

    /** A name on one line, or {@code absent} when the row has none. */
    final String word(Column column, String value) throws BadRowException {
        if (value.length() > MAX_ID_CHARS) {
            throw bad(column, "longer than %d characters".formatted(MAX_ID_CHARS), value);
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw bad(column, "a control character or line end in an id", value);
        }
        return storable(layout.name(column), value);
    }

    /** Free text, empty when the row has none. */
    final String text(Column column) throws BadRowException {
        String text = raw(column);
        return text == null ? "" : storable(layout.name(column), text);
    }

    /** The distinct values of a list, in order, without empty ones. */
    final List<String> list(Column column) throws BadRowException {
        List<String> values = rawList(column).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
        for (String value : values) {
            storable(layout.name(column), value);
        }
        return values;
    }

    final BadRowException bad(Column column, String reason, String value) {
        return new BadRowException(layout.name(column), reason, value);
    }

    /** {@code value}, when a database can hold it. */
    static String storable(String column, String value) throws BadRowException {
        if (value.length() > MAX_FIELD_CHARS) {
            throw new BadRowException(column, "longer than %,d characters".formatted(MAX_FIELD_CHARS), value);
        }
        for (int k = 0; k < value.length(); k++) {
            char c = value.charAt(k);
            if (c == 0) {
                throw new BadRowException(column, "the character U+0000, which cannot be stored", value);
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && k + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(k + 1));
                if (!pair) {
                    throw new BadRowException(column, "half a surrogate pair, which is no character", value);
                }
                k++;
            }
        }
        return value;
    }
}
