/** Step sizes. */
@NullMarked
package dev.discern.training.optimizer;

import org.jspecify.annotations.NullMarked;
