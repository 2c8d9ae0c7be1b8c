package dev.discern.training.evaluation;

/** A model that has been ranked: how it was made and where it puts the held-out items. */
public record Ranked(String version, String backbone, String regularizer, long seed, Ranking ranking) {}
