/** Epochs, early stopping, checkpoints. */
@NullMarked
package dev.discern.training.trainer;

import org.jspecify.annotations.NullMarked;
