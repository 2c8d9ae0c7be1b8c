package dev.discern.scoring.reliability;

import java.util.List;

/**
 * An item that a judge scores high whoever is asked about: popular with the judge, or with a text that speaks to it rather than of the
 * item.
 *
 * @param itemId external id
 * @param popularity training interactions of the item
 * @param prompts in which it stood, other than as the audit item
 * @param meanScore its mean standardized score there, and a 95 % interval by the normal approximation
 */
public record Favourite(String itemId, int popularity, int prompts, double meanScore, List<Double> ci95) {}
