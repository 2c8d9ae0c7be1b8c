package dev.discern.scoring.catalog.file;

import dev.discern.common.data.Item;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/** Turns the fields of a row into what the row means, or says why it cannot. */
@FunctionalInterface
interface RowMapper<T> {

    /** A decimal number of ordinary length; Java's own parser would also take {@code 1f} and {@code 0x1p3}. */
    Pattern NUMBER = Pattern.compile("[+-]?(\\d{1,20}(\\.\\d{0,20})?|\\.\\d{1,20})([eE][+-]?\\d{1,2})?");

    T map(Fields fields) throws BadRowException;

    /** A row of the catalog. What the file does not say is empty: a row states the whole text of its item. */
    static Item item(Fields fields) throws BadRowException {
        return new Item(
                fields.id(Column.ITEM_ID),
                fields.text(Column.TITLE),
                fields.list(Column.CATEGORIES).stream()
                        .filter(category -> !category.equals("(no genres listed)")) // MovieLens' word for none
                        .toList(),
                fields.text(Column.DESCRIPTION),
                fields.others(),
                true,
                fields.text(Column.EXPIRES_AT).isBlank() ? null : time(fields, Column.EXPIRES_AT));
    }

    /** An interaction. A file without times has them all at the epoch's begin, and so in the order of its lines. */
    static InteractionRow interaction(Fields fields) throws BadRowException {
        return new InteractionRow(
                fields.id(Column.USER_ID), fields.id(Column.ITEM_ID), time(fields), kind(fields), rating(fields));
    }

    private static Instant time(Fields fields) throws BadRowException {
        if (!fields.layout().has(Column.TIMESTAMP)) {
            return Instant.EPOCH;
        }
        return time(fields, Column.TIMESTAMP);
    }

    private static Instant time(Fields fields, Column column) throws BadRowException {
        String text = fields.text(column);
        try {
            return EventTime.parse(text);
        } catch (DateTimeException e) {
            throw fields.bad(
                    column,
                    "no time: expected epoch seconds, epoch milliseconds or ISO-8601, in the years 1 to 9999",
                    text);
        }
    }

    private static String kind(Fields fields) throws BadRowException {
        String kind = fields.text(Column.KIND);
        return kind.isBlank() ? InteractionRow.DEFAULT_KIND : fields.word(Column.KIND, kind);
    }

    private static float rating(Fields fields) throws BadRowException {
        String text = fields.text(Column.RATING).strip();
        if (text.isEmpty()) {
            return 1;
        }
        float rating = NUMBER.matcher(text).matches() ? new BigDecimal(text).floatValue() : Float.NaN;
        if (!Float.isFinite(rating)) {
            throw fields.bad(Column.RATING, "no rating: expected a number", text);
        }
        return rating;
    }
}
