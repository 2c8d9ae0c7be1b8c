package dev.discern.training.dataset;

/** All that one scoring run has to teach. */
public record Judgments(JudgedPairs pairs, AuditPairs audits, SoftScores scores) {}
