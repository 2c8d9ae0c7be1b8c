/** The items with the highest scores for a query vector. */
@NullMarked
package dev.discern.serving.index;

import org.jspecify.annotations.NullMarked;
