/** The models that answer, their catalogs as they are now, and how models are replaced while the service runs. */
@NullMarked
package dev.discern.serving.model;

import org.jspecify.annotations.NullMarked;
