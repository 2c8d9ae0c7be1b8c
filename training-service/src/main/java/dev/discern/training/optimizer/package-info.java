/** Optimizers that step row by row. */
@NullMarked
package dev.discern.training.optimizer;

import org.jspecify.annotations.NullMarked;
