/** The training service: fits, compares and publishes models. */
@NullMarked
package dev.discern.training;

import org.jspecify.annotations.NullMarked;
