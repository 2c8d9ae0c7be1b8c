/** How each backbone is fitted, and what is common to all: regularizers, epochs, early stopping, checkpoints. */
@NullMarked
package dev.discern.training.trainer;

import org.jspecify.annotations.NullMarked;
