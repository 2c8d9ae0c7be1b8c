package dev.discern.scoring.catalog.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of comma- or tab-separated values. */
final class DelimitedFields extends Fields {

    private final List<String> values;

    /**
     * A row.
     *
     * @throws BadRowException when the number of values is not that of the header
     */
    DelimitedFields(Layout layout, List<String> values) throws BadRowException {
        super(layout);
        if (values.size() != layout.size()) {
            throw new BadRowException(
                    "",
                    "expected %d columns, found %d".formatted(layout.size(), values.size()),
                    String.join(",", values));
        }
        this.values = values;
    }

    @Override
    @Nullable
    String raw(Column column) {
        int position = layout().position(column);
        return position < 0 ? null : values.get(position);
    }

    @Override
    List<String> rawList(Column column) {
        String joined = raw(column);
        return joined == null ? List.of() : List.of(joined.split(layout().listSeparator(column)));
    }

    @Override
    Map<String, String> others() throws BadRowException {
        Map<String, String> others = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> column : layout().others().entrySet()) {
            String value = values.get(column.getValue());
            if (!value.isEmpty()) {
                others.put(storable(column.getKey(), column.getKey()), storable(column.getKey(), value));
            }
        }
        return others;
    }
}
