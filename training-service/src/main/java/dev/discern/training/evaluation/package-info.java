/** How good a model is: ranks over the full catalogue, metrics by slice, and differences with intervals. */
@NullMarked
package dev.discern.training.evaluation;

import org.jspecify.annotations.NullMarked;
