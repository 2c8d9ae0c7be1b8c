/** The scoring job: draw, encode, pilot, order, judge, derive, report. */
@NullMarked
package dev.discern.scoring.job;

import org.jspecify.annotations.NullMarked;
