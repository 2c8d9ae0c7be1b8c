/** The model that answers, and how it is replaced while the service runs. */
@NullMarked
package dev.discern.serving.model;

import org.jspecify.annotations.NullMarked;
