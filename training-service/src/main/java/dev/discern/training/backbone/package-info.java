/** The models that are trained. */
@NullMarked
package dev.discern.training.backbone;

import org.jspecify.annotations.NullMarked;
