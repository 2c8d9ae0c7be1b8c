/** From soft scores to pair judgments and audit results, and the identity of an answer. */
@NullMarked
package dev.discern.scoring.judge;

import org.jspecify.annotations.NullMarked;
