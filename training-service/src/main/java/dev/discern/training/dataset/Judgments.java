package dev.discern.training.dataset;

/**
 * All that one scoring run has to teach.
 *
 * @param pairs both items of the source that their prompts are drawn from, uniform ones mostly
 * @param rescue one item a rare one that an encoder finds plausible, the other of a published model's best
 * @param audits what the judge said of held-out items
 * @param scores of single candidates
 */
public record Judgments(JudgedPairs pairs, JudgedPairs rescue, AuditPairs audits, SoftScores scores) {}
