package dev.discern.common.db;

import dev.discern.common.data.ItemTrend;

/**
 * A snapshot, and what users turned to lately in it.
 *
 * @param trend of the snapshot's items, up to the day of its newest interaction, or of its reading where that is earlier
 */
public record TrendingSnapshot(Snapshot snapshot, ItemTrend trend) {}
