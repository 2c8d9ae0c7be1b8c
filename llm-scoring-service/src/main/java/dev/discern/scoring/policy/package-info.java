/** Which users a judge is asked about, and in what order: policies for when not everybody can be asked. */
@NullMarked
package dev.discern.scoring.policy;

import org.jspecify.annotations.NullMarked;
