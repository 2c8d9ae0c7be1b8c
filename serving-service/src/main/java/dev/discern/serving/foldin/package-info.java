/** User vectors from items alone: for sessions, and for users whose vectors a model makes so. */
@NullMarked
package dev.discern.serving.foldin;

import org.jspecify.annotations.NullMarked;
