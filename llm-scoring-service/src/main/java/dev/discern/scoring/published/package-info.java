/** The published model: read from the artifact folder, never written. */
@NullMarked
package dev.discern.scoring.published;

import org.jspecify.annotations.NullMarked;
