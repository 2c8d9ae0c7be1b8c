/** From what a judge answered to soft scores, pair judgments and audit results, and the identity of an answer. */
@NullMarked
package dev.discern.scoring.judge;

import org.jspecify.annotations.NullMarked;
