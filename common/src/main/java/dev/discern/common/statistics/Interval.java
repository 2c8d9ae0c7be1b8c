package dev.discern.common.statistics;

/** Where a figure lies, from {@code low} to {@code high}, both included. */
public record Interval(double low, double high) {}
