/** The Spring Batch jobs (training, evaluation, matrix, search), restartable at every step; what starts them by schedule, and the guard before a promotion. */
@NullMarked
package dev.discern.training.job;

import org.jspecify.annotations.NullMarked;
