/** LightGCN: vectors that spread over the graph of who has what. */
@NullMarked
package dev.discern.training.backbone.lightgcn;

import org.jspecify.annotations.NullMarked;
