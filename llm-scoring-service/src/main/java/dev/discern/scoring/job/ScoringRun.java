package dev.discern.scoring.job;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One run of a judge over the data.
 *
 * @param judge its identity, such as {@code embedded/e5-small-v2-q/1}
 * @param parameters JSON object: the plan
 * @param status {@code RUNNING}, {@code COMPLETED}, or with prompts left undone {@code BUDGET_REACHED} or {@code JUDGE_NO_BETTER}
 */
public record ScoringRun(
        long id,
        String judge,
        @JsonRawValue String parameters,
        String dataVersion,
        String status,
        Instant createdAt,
        @Nullable Instant completedAt) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Every prompt was asked. */
    public static final String COMPLETED = "COMPLETED";

    /** The cap would not bear another call. */
    public static final String BUDGET_REACHED = "BUDGET_REACHED";

    /** The pilot did not show the judge to be better than what is free. */
    public static final String JUDGE_NO_BETTER = "JUDGE_NO_BETTER";

    /** The version of the published model that the plan names; null when it names none. */
    public @Nullable String model() {
        return JSON.readTree(parameters).path("model").asString(null);
    }
}
