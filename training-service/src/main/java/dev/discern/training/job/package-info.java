/** The Spring Batch jobs: training and evaluation, restartable at every step. */
@NullMarked
package dev.discern.training.job;

import org.jspecify.annotations.NullMarked;
