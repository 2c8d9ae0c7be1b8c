/** What the audit items say of a judge, by slice. */
@NullMarked
package dev.discern.scoring.reliability;

import org.jspecify.annotations.NullMarked;
