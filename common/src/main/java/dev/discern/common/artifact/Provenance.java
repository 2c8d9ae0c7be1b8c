package dev.discern.common.artifact;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a model came from: enough to repeat it.
 *
 * @param dataHash SHA-256 of the data snapshot
 * @param scoringRun the run whose judgments it learned from; null when none
 * @param judgmentsHash SHA-256 of those judgments; null when none
 * @param parameters every training parameter by name
 * @param host the machine, for the record
 * @param warmStart the version whose parameters training began with; null where it began with fresh ones
 * @param dataSnapshot the transactions that the data snapshot saw, as Postgres writes them: what came later is news to the model; null where
 *     that is not known
 * @param embeddedFrom the version that this one is but for the items that were added to it by their texts; null for a trained one
 */
public record Provenance(
        String dataHash,
        @Nullable Long scoringRun,
        @Nullable String judgmentsHash,
        long seed,
        Map<String, String> parameters,
        String codeVersion,
        Instant createdAt,
        String host,
        @Nullable String warmStart,
        @Nullable String embeddedFrom,
        @Nullable String dataSnapshot) {

    /** {@code xmin:xmax:xip_list}, PostgreSQL's text for {@code pg_snapshot}. */
    private static final Pattern SNAPSHOT = Pattern.compile("\\d{1,19}:\\d{1,19}:(\\d{1,19}(,\\d{1,19})*)?");

    public Provenance {
        if (dataSnapshot != null && !SNAPSHOT.matcher(dataSnapshot).matches()) {
            throw new IllegalArgumentException(
                    "dataSnapshot must be a Postgres snapshot such as 10:20:10,14, not '%s'".formatted(dataSnapshot));
        }
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** Of a model whose training began with fresh parameters. */
    public Provenance(
            String dataHash,
            @Nullable Long scoringRun,
            @Nullable String judgmentsHash,
            long seed,
            Map<String, String> parameters,
            String codeVersion,
            Instant createdAt,
            String host) {
        this(dataHash, scoringRun, judgmentsHash, seed, parameters, codeVersion, createdAt, host, null, null, null);
    }

    /** Of a model to which items were added by their texts: who trained it, and on what, stays. */
    public Provenance withItemsAdded(String from, String dataHashWithThem) {
        return new Provenance(
                dataHashWithThem,
                scoringRun,
                judgmentsHash,
                seed,
                parameters,
                codeVersion,
                createdAt,
                host,
                warmStart,
                from,
                dataSnapshot);
    }
}
