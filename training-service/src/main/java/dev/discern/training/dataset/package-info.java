/** What training reads: the split, who has seen what, and what judges said, as arrays of dense indices. */
@NullMarked
package dev.discern.training.dataset;

import org.jspecify.annotations.NullMarked;
