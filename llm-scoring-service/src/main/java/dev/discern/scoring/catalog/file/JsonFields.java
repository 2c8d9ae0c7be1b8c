package dev.discern.scoring.catalog.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A JSON object; numbers and booleans count as their text, null as absent, an array of texts as its joined text. */
final class JsonFields extends Fields {

    private final JsonNode object;

    JsonFields(Layout layout, JsonNode object) {
        super(layout);
        this.object = object;
    }

    @Override
    @Nullable
    String raw(Column column) throws BadRowException {
        JsonNode value = object.get(layout().name(column));
        if (value == null || value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (value.isArray() && column != Column.ITEM_ID && column != Column.USER_ID) {
            return value.valueStream()
                    .map(JsonFields::textOf)
                    .collect(Collectors.joining(" "))
                    .strip();
        }
        if (!value.isValueNode()) {
            throw bad(column, "expected a text or a number", value.toString());
        }
        return textOf(value);
    }

    @Override
    List<String> rawList(Column column) throws BadRowException {
        JsonNode value = object.get(layout().name(column));
        if (value == null || !value.isArray()) {
            String joined = raw(column);
            return joined == null ? List.of() : List.of(joined.split(layout().listSeparator(column)));
        }
        List<String> values = new ArrayList<>();
        collect(value, values);
        return values;
    }

    /** Arrays may be nested, as Amazon's are: one path of categories each. */
    private static void collect(JsonNode node, List<String> into) {
        if (node.isArray()) {
            node.forEach(element -> collect(element, into));
        } else if (!node.isNull()) {
            into.add(textOf(node));
        }
    }

    @Override
    Map<String, String> others() throws BadRowException {
        Map<String, String> others = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            String name = property.getKey();
            if (layout().means(name) || property.getValue().isNull()) {
                continue;
            }
            String value = textOf(property.getValue());
            if (!value.isEmpty()) {
                others.put(storable(Reject.printable(name), name), storable(Reject.printable(name), value));
            }
        }
        return others;
    }

    private static String textOf(JsonNode node) {
        return node.isValueNode() ? node.asString() : node.toString();
    }
}
