package dev.discern.training.publish;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the log of alias changes.
 *
 * @param alias its label
 * @param rolledBack whether it was undone
 * @param changedBy who asked for it: {@code api-key}, or the schedule
 * @param forced whether it was asked for in spite of the guard
 * @param reason why; null unless forced
 * @param refused JSON array: the slices in which the guard found the version worse; null when it was not forced
 */
public record AliasChange(
        String alias,
        String version,
        Instant changedAt,
        boolean rolledBack,
        String changedBy,
        boolean forced,
        @Nullable String reason,
        @JsonRawValue @Nullable String refused) {}
