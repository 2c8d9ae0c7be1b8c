package dev.discern.scoring.job;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a judge over the data.
 *
 * @param judge its identity, such as {@code embedded/e5-small-v2-q/1}
 * @param parameters JSON object: the plan
 * @param status {@code RUNNING} or {@code COMPLETED}
 */
public record ScoringRun(
        long id,
        String judge,
        @JsonRawValue String parameters,
        String dataVersion,
        String status,
        Instant createdAt,
        @Nullable Instant completedAt) {}
