/** The Spring Batch jobs: training, evaluation and search, restartable at every step. */
@NullMarked
package dev.discern.training.job;

import org.jspecify.annotations.NullMarked;
