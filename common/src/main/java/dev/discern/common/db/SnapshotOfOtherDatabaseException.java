package dev.discern.common.db;

/** A snapshot that this database has not reached: it was taken in another one, or before this one was restored. */
public final class SnapshotOfOtherDatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SnapshotOfOtherDatabaseException(String snapshot) {
        super("the snapshot %s is not one of this database".formatted(snapshot));
    }
}
