/** Losses and their gradients by the score or the score difference. */
@NullMarked
package dev.discern.training.objective;

import org.jspecify.annotations.NullMarked;
