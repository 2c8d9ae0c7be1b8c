/** Randomness that is passed in: named substreams of one run seed. */
@NullMarked
package dev.discern.common.random;

import org.jspecify.annotations.NullMarked;
