package dev.discern.scoring.catalog.file;

import java.time.Instant;

/**
 * An interaction as a file has it.
 *
 * @param userId external id
 * @param itemId external id
 * @param time the epoch's begin where the file has no time
 * @param kind {@value #DEFAULT_KIND} where the file has none
 * @param value the rating, or 1
 */
public record InteractionRow(String userId, String itemId, Instant time, String kind, float value) {

    static final String DEFAULT_KIND = "interaction";
}
