/** Spring Batch jobs as REST resources: start, watch, stop, restart, abandon. */
@NullMarked
package dev.discern.batch;

import org.jspecify.annotations.NullMarked;
