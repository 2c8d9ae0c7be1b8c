/** The scoring job: encode, draw, judge, derive, report. */
@NullMarked
package dev.discern.scoring.job;

import org.jspecify.annotations.NullMarked;
