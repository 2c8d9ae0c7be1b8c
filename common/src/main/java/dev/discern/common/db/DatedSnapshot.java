package dev.discern.common.db;

/**
 * A snapshot, and when in it what came.
 *
 * @param days (interactions) the UTC day on which each item of {@code snapshot.histories()} came, in days since 1970-01-01
 */
@SuppressWarnings("ArrayRecordComponent") // large; the record is never compared
public record DatedSnapshot(Snapshot snapshot, int[] days) {

    public DatedSnapshot {
        int interactions = snapshot.histories().columns().length;
        if (days.length != interactions) {
            throw new IllegalArgumentException(
                    "expected a day for each of %d interactions, got %d".formatted(interactions, days.length));
        }
    }
}
