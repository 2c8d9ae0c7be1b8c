/** What scores items for users: models that are trained, and baselines that are not. */
@NullMarked
package dev.discern.training.backbone;

import org.jspecify.annotations.NullMarked;
