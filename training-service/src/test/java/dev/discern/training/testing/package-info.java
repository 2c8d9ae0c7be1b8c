/** Data with a planted answer, in memory and in a database. */
@NullMarked
package dev.discern.training.testing;

import org.jspecify.annotations.NullMarked;
