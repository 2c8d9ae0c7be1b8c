/** Ratios of what is fast against its reference, both measured in the same run, each checking its own answer. */
@NullMarked
package dev.discern.benchmarks;

import org.jspecify.annotations.NullMarked;
