package dev.discern.endtoend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/**
 * Calls of the serving service that would be right, and values that would make them wrong. No item that a model has is changed.
 *
 * @param mark stands in every id; letters and digits
 */
record OrdinaryCalls(String mark) {

    static final String[] VALUES = words("""
            null true false 0 -1 1e400 -1e400 1e-400 0.5 NaN Infinity -Infinity "NaN" "1e400" 1e999999999
            99999999999999999999999999 "" "\\u0020" [] {} [null] [[]] [{}] {"a":{}} "\\u0000" "a\\u0000b" "\\ud800"
            "\\udc00\\ud800" ["\\u0000"] ["\\ud83d"] {"k":"\\u0000"} {"\\u0000":"v"} {"\\ud800":"v"} "\uD83D\uDE00"
            "'\\u0020or\\u00201=1\\u0020--" "../../etc/passwd" "${jndi:ldap://x/y}" "%s%n%x" [1,2,3]
            "2026-13-45T99:99:99Z" "+1000000000-01-01T00:00:00Z" 2147483648 -2147483649 1.0000000000000000000001
            "champion" "shadow" 01 +1 .5 0x10 'a' undefined""");

    /** A call that would be right, with the fields of its body as JSON. */
    record Call(String method, String path, Map<String, String> fields) {}

    Call any(SplittableRandom random) {
        String user = "\"" + mark + "-user\"";
        return switch (random.nextInt(8)) {
            case 0 ->
                new Call(
                        "POST",
                        "/v1/recommendations",
                        fields(
                                "userId",
                                user,
                                "k",
                                "5",
                                "categories",
                                "[\"even\"]",
                                "categoryMode",
                                "\"any\"",
                                "excludeSeen",
                                "true",
                                "excludeItems",
                                "[\"item-001\"]",
                                "diversity",
                                "0.5",
                                "maxPerCategory",
                                "2",
                                "minLongTail",
                                "0.1",
                                "boosts",
                                "[{\"category\":\"odd\",\"weight\":1}]",
                                "explain",
                                "true",
                                "model",
                                "\"champion\""));
            case 1 ->
                new Call(
                        "POST",
                        "/v1/recommendations",
                        fields(
                                "session",
                                "{\"itemIds\":[\"item-001\",\"%s\"]}".formatted(mark),
                                "k",
                                "5",
                                "boosts",
                                "[{\"itemId\":\"item-002\",\"weight\":-1}]"));
            case 2 ->
                new Call(
                        "POST",
                        "/v1/recommendations:batch",
                        fields(
                                "userIds",
                                "[%s,\"user-001\"]".formatted(user),
                                "k",
                                "5",
                                "categories",
                                "[\"even\"]",
                                "categoryMode",
                                "\"all\"",
                                "excludeSeen",
                                "false",
                                "explain",
                                "true",
                                "model",
                                "\"champion\""));
            case 3 ->
                new Call(
                        "POST",
                        "/v1/rankings",
                        fields(
                                "userId",
                                user,
                                "itemIds",
                                "[\"item-001\",\"item-002\",\"%s\"]".formatted(mark),
                                "explain",
                                "true",
                                "model",
                                "\"champion\""));
            case 4 ->
                new Call(
                        "POST",
                        "/v1/events",
                        Map.of(
                                "events",
                                "["
                                        + json(fields(
                                                random,
                                                "userId",
                                                user,
                                                "itemId",
                                                "\"item-00%d\"".formatted(random.nextInt(9)),
                                                "eventId",
                                                "\"%s-%d\"".formatted(mark, random.nextInt(1_000)),
                                                "kind",
                                                "\"view\"",
                                                "value",
                                                "1.5",
                                                "time",
                                                "\"2026-01-31T09:30:00Z\"",
                                                "recommendationId",
                                                "\"00000000-0000-8000-8000-000000000000\""))
                                        + "]"));
            case 5 ->
                new Call(
                        pick(new String[] {"PUT", "PATCH"}, random),
                        item(random),
                        fields(
                                "title",
                                "\"a\"",
                                "categories",
                                "[\"even\"]",
                                "description",
                                "\"b\"",
                                "attributes",
                                "{\"c\":\"d\"}",
                                "available",
                                "true"));
            case 6 ->
                new Call(
                        pick(new String[] {"PUT", "PATCH"}, random),
                        user(),
                        fields("categories", "[\"even\"]", "attributes", "{\"c\":\"d\"}"));
            default ->
                new Call(
                        pick(new String[] {"GET", "DELETE"}, random),
                        random.nextBoolean() ? item(random) : user(),
                        Map.of("a", "1"));
        };
    }

    String anyBody(SplittableRandom random) {
        return json(any(random).fields);
    }

    String user() {
        return "/v1/users/" + mark + "-user";
    }

    String item(SplittableRandom random) {
        return "/v1/items/%s-%d".formatted(mark, random.nextInt(20));
    }

    private static Map<String, String> fields(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int n = 0; n < namesAndValues.length; n += 2) {
            fields.put(namesAndValues[n], namesAndValues[n + 1]);
        }
        return fields;
    }

    /** The same, with something odd in one of them half of the time. */
    private static Map<String, String> fields(SplittableRandom random, String... namesAndValues) {
        Map<String, String> fields = fields(namesAndValues);
        if (random.nextBoolean()) {
            fields.put(namesAndValues[2 * random.nextInt(namesAndValues.length / 2)], value(random));
        }
        return fields;
    }

    static String json(Map<String, String> fields) {
        StringJoiner json = new StringJoiner(",", "{", "}");
        fields.forEach((name, value) -> json.add("\"%s\":%s".formatted(name, value)));
        return json.toString();
    }

    static String withValue(Map<String, String> fields, String value, SplittableRandom random) {
        Map<String, String> odd = new LinkedHashMap<>(fields);
        odd.put(new ArrayList<>(fields.keySet()).get(random.nextInt(fields.size())), value);
        return json(odd);
    }

    static String value(SplittableRandom random) {
        return switch (random.nextInt(12)) {
            case 0 -> "\"" + text(random, random.nextInt(600)) + "\"";
            case 1 -> "\"" + "x".repeat(random.nextInt(100_000)) + "\"";
            case 2 -> "[" + "\"item-001\",".repeat(random.nextInt(2_000)) + "\"item-002\"]";
            default -> pick(VALUES, random);
        };
    }

    /** Characters of every plane, none of them a control character, a quote or a backslash. */
    static String text(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        List<int[]> ranges = List.of(
                new int[] {'a', 'z'}, new int[] {0xa1, 0x24f}, new int[] {0x4e00, 0x9fff}, new int[] {0x1f300, 0x1f5ff
                });
        for (int n = 0; n < length; n++) {
            int[] range = ranges.get(random.nextInt(ranges.size()));
            text.appendCodePoint(random.nextInt(range[0], range[1] + 1));
        }
        return text.toString();
    }

    static String[] words(String text) {
        return text.split("\\s+");
    }

    static String pick(String[] of, SplittableRandom random) {
        return of[random.nextInt(of.length)];
    }
}
