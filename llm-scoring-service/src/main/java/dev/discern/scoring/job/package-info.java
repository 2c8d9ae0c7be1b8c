/** The scoring job: draw, encode, judge, derive, report. */
@NullMarked
package dev.discern.scoring.job;

import org.jspecify.annotations.NullMarked;
