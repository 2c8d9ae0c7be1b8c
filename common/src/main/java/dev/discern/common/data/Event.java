package dev.discern.common.data;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a user did with an item.
 *
 * @param eventId the sender's name of it, by which a repetition is recognized; null where the sender has none
 * @param userId external id; a user who is new is created
 * @param itemId external id
 * @param kind such as {@code click}
 * @param value such as a rating
 * @param time to the microsecond, which is what the database keeps
 * @param recommendation the answer that led to it; null when none did
 */
public record Event(
        @Nullable String eventId,
        String userId,
        String itemId,
        String kind,
        float value,
        Instant time,
        @Nullable UUID recommendation) {

    public Event {
        time = time.truncatedTo(ChronoUnit.MICROS);
    }
}
