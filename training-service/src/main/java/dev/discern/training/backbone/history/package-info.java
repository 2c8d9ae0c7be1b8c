/** The backbone that reads a user's history: a linear two-tower model over ids and texts. */
@NullMarked
package dev.discern.training.backbone.history;

import org.jspecify.annotations.NullMarked;
