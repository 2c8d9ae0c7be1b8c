/** Losses and their gradients by the score, the score difference or an item's vector. */
@NullMarked
package dev.discern.training.objective;

import org.jspecify.annotations.NullMarked;
