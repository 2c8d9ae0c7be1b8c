/** What a judge was asked and what it said: candidate sets, soft scores, failures. */
@NullMarked
package dev.discern.common.judgment;

import org.jspecify.annotations.NullMarked;
