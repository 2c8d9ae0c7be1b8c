/** Takes what users do. */
@NullMarked
package dev.discern.serving.event;

import org.jspecify.annotations.NullMarked;
