/** Which items a judge is asked about: named sources with known inclusion probabilities. */
@NullMarked
package dev.discern.scoring.candidate;

import org.jspecify.annotations.NullMarked;
