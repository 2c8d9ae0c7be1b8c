/** Vectors for users who were not in the training set. */
@NullMarked
package dev.discern.serving.foldin;

import org.jspecify.annotations.NullMarked;
