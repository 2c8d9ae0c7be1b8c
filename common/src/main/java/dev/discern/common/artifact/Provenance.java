package dev.discern.common.artifact;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a model came from: enough to repeat it.
 *
 * @param dataHash SHA-256 of the data snapshot
 * @param scoringRun the run whose judgments it learned from; null when none
 * @param judgmentsHash SHA-256 of those judgments; null when none
 * @param parameters every training parameter by name
 * @param host the machine, for the record
 */
public record Provenance(
        String dataHash,
        @Nullable Long scoringRun,
        @Nullable String judgmentsHash,
        long seed,
        Map<String, String> parameters,
        String codeVersion,
        Instant createdAt,
        String host) {

    public Provenance {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }
}
