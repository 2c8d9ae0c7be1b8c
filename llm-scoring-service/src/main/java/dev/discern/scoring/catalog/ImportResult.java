package dev.discern.scoring.catalog;

/**
 * What an import did, or on a dry run would do. For either file {@code read} is the sum of the other counts.
 *
 * @param users users who were new
 * @param rejects rows in the reject file
 */
record ImportResult(Items items, Interactions interactions, long users, long rejects) {

    record Items(long read, long inserted, long updated, long unchanged, long rejected) {}

    record Interactions(long read, long inserted, long unchanged, long rejected) {}
}
