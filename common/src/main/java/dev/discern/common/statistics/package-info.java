/** Statistics that several services fit. */
@NullMarked
package dev.discern.common.statistics;

import org.jspecify.annotations.NullMarked;
