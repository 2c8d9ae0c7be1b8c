/** What the models are worth to users: answers counted by arm, what came of them, and the shadow's answers beside those that were given. */
@NullMarked
package dev.discern.serving.traffic;

import org.jspecify.annotations.NullMarked;
