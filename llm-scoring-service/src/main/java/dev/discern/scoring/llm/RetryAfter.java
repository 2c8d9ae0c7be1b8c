package dev.discern.scoring.llm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Header {@code Retry-After}: seconds, or an HTTP date. */
record RetryAfter(Clock clock) {

    /** The first value that can be read; null when there is none. */
    @Nullable
    Duration of(List<String> values) {
        for (String value : values) {
            Duration pause = parse(value.strip());
            if (pause != null) {
                return pause;
            }
        }
        return null;
    }

    private @Nullable Duration parse(String value) {
        try {
            return value.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            clock.instant(), DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from));
        } catch (DateTimeParseException e) {
            return null; // the usual backoff is a good guess
        }
    }
}
