package dev.discern.scoring.catalog;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * What merging rows did to the catalog.
 *
 * @param inserted rows that were new
 * @param updated rows whose text was other than the catalog's
 * @param unchanged rows that the catalog had already
 * @param users users who were new
 */
record Changes(long inserted, long updated, long unchanged, long users) {

    /** All rows that were looked at. */
    long rows() {
        return inserted + updated + unchanged;
    }

    Changes plus(Changes other) {
        return new Changes(
                inserted + other.inserted, updated + other.updated, unchanged + other.unchanged, users + other.users);
    }

    static Changes in(ExecutionContext context) {
        return new Changes(
                context.getLong("inserted", 0),
                context.getLong("updated", 0),
                context.getLong("unchanged", 0),
                context.getLong("users", 0));
    }

    void putInto(ExecutionContext context) {
        context.putLong("inserted", inserted);
        context.putLong("updated", updated);
        context.putLong("unchanged", unchanged);
        context.putLong("users", users);
    }
}
