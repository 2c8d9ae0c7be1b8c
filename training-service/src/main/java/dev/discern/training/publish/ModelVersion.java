package dev.discern.training.publish;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A published model and where it came from. But for its retirement it never changes.
 *
 * @param version name of its folder under {@code models/}
 * @param dataHash hash of the data snapshot it was trained on
 * @param scoringRun the run whose judgments it learned from; null when none
 * @param judgmentsHash hash of those judgments; null when none
 * @param parameters JSON object: every training parameter
 * @param summary JSON object: epochs, validation metric, gate, warnings
 * @param codeVersion version and commit of the code that trained it
 * @param host the machine that did
 * @param warmStart the version whose parameters training began with; null for fresh ones
 * @param embeddedFrom the version that this one is but for items added by their texts; null for a trained one
 * @param retiredAt when it was retired and its folder deleted; null while it is there
 */
public record ModelVersion(
        String version,
        String backbone,
        String regularizer,
        long seed,
        String dataHash,
        @Nullable Long scoringRun,
        @Nullable String judgmentsHash,
        @JsonRawValue String parameters,
        @JsonRawValue String summary,
        Instant createdAt,
        String codeVersion,
        String host,
        @Nullable String warmStart,
        @Nullable String embeddedFrom,
        @Nullable Instant retiredAt) {

    public boolean retired() {
        return retiredAt != null;
    }
}
