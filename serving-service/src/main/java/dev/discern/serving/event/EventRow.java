package dev.discern.serving.event;

import dev.discern.common.data.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was sent.
 *
 * @param eventId the sender's name of it, by which a repetition is recognized
 * @param kind {@code interaction} when absent
 * @param value 1 when absent
 * @param time ISO 8601; when it arrived when absent
 * @param recommendationId of the answer that led to it
 */
public record EventRow(
        @Nullable String eventId,
        @Nullable String userId,
        @Nullable String itemId,
        @Nullable String kind,
        @Nullable Float value,
        @Nullable String time,
        @Nullable String recommendationId) {

    private static final String KIND = "interaction";
    private static final int ID_LENGTH = 512;
    private static final int KIND_LENGTH = 64;

    /** Clocks differ; what lies further ahead is a mistake, and would stay the newest event of its user for as long. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    /**
     * What it says.
     *
     * @param now when it arrived
     * @param name for an event without one of its own; null for none
     * @throws InvalidEventException when it says nothing that can be kept
     */
    Event event(Instant now, @Nullable String name) {
        return new Event(
                eventId == null ? name : text("eventId", eventId, ID_LENGTH),
                text("userId", userId, ID_LENGTH),
                text("itemId", itemId, ID_LENGTH),
                kind == null ? KIND : text("kind", kind, KIND_LENGTH),
                number(),
                arrival(now),
                recommendation());
    }

    private static String text(String field, @Nullable String value, int longest) {
        if (value == null || value.isEmpty()) {
            throw new InvalidEventException(field, "REQUIRED", "is missing");
        }
        if (value.length() > longest) {
            throw new InvalidEventException(
                    field, "OUT_OF_RANGE", "expected at most %d characters, got %d".formatted(longest, value.length()));
        }
        if (value.indexOf('\0') >= 0) {
            throw new InvalidEventException(field, "INVALID", "holds a null character");
        }
        return value;
    }

    private float number() {
        if (value == null) {
            return 1;
        }
        if (!Float.isFinite(value)) {
            throw new InvalidEventException("value", "OUT_OF_RANGE", "expected a finite number, got " + value);
        }
        return value;
    }

    private Instant arrival(Instant now) {
        if (time == null) {
            return now;
        }
        Instant at;
        try {
            at = Instant.parse(time);
        } catch (DateTimeParseException e) {
            throw new InvalidEventException("time", "INVALID", "expected a time such as 2026-01-31T09:30:00Z");
        }
        if (at.isBefore(Instant.EPOCH) || at.isAfter(now.plus(AHEAD))) {
            throw new InvalidEventException("time", "OUT_OF_RANGE", "expected a time between 1970 and now");
        }
        return at;
    }

    private @Nullable UUID recommendation() {
        if (recommendationId == null) {
            return null;
        }
        try {
            return UUID.fromString(recommendationId);
        } catch (IllegalArgumentException e) {
            throw new InvalidEventException("recommendationId", "INVALID", "expected the id of an answer, a UUID");
        }
    }
}
