/** Backbones that are counted, not trained: items are near each other because the same users had them. */
@NullMarked
package dev.discern.training.backbone.neighbour;

import org.jspecify.annotations.NullMarked;
