package dev.discern.training.gate;

import dev.discern.training.dataset.AuditPairs;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.Judgments;

/**
 * What a gate is to label, and the exam that tells how. Kinds of pairs differ so much that a gate fitted on one says nothing of
 * another, so the two are drawn alike.
 *
 * @param pairs to be labelled and taught
 * @param audits pairs of the same kind of which it is known which item the user chose
 */
public record Lesson(JudgedPairs pairs, AuditPairs audits) {

    /** The pairs of a run whose items are of one source each, beside the held-out item and every other candidate. */
    public static Lesson uniform(Judgments judgments) {
        return new Lesson(judgments.pairs(), judgments.audits());
    }
}
