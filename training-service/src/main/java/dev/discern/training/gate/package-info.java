/** How far a judge is trusted, pair by pair, calibrated on held-out items. */
@NullMarked
package dev.discern.training.gate;

import org.jspecify.annotations.NullMarked;
