/** Top-k answers: whom for, from what, without what, and why. */
@NullMarked
package dev.discern.serving.recommend;

import org.jspecify.annotations.NullMarked;
