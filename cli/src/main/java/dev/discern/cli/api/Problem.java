package dev.discern.cli.api;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A service's problem details (RFC 9457) as a sentence. Any part may be missing. */
record Problem(
        @Nullable String title,
        @Nullable String detail,
        @Nullable String code,
        @Nullable String traceId,
        @Nullable List<Field> errors) {

    /** One field at fault. */
    record Field(
            @Nullable String pointer,
            @Nullable String code,
            @Nullable String message) {

        private String text() {
            return Stream.of(pointer, message)
                    .filter(part -> part != null && !part.isEmpty())
                    .collect(Collectors.joining(" "));
        }
    }

    /** Of an answer that is none. */
    static Problem saying(String detail) {
        return new Problem(null, detail, null, null, null);
    }

    /** What is said of each field, also where the detail says it already. */
    List<String> messages() {
        return errors == null
                ? List.of()
                : errors.stream()
                        .map(field -> field.message == null ? "" : field.message)
                        .filter(message -> !message.isEmpty())
                        .toList();
    }

    /** Detail, fields, trace id. */
    String text() {
        StringBuilder text = new StringBuilder(detail != null ? detail : title != null ? title : "no reason given");
        String fields = fields();
        if (!fields.isEmpty()) {
            text.append(": ").append(fields);
        }
        if (traceId != null) {
            text.append(" (trace ").append(traceId).append(')');
        }
        return text.toString();
    }

    /** The fields, without those that the detail speaks of already. */
    private String fields() {
        if (errors == null) {
            return "";
        }
        return errors.stream()
                .filter(field -> detail == null || field.message == null || !detail.contains(field.message))
                .map(Field::text)
                .collect(Collectors.joining("; "));
    }
}
