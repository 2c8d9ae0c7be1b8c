/** The scoring job: encode, draw, pilot, order, judge, derive, report. */
@NullMarked
package dev.discern.scoring.job;

import org.jspecify.annotations.NullMarked;
