/** The folder in which a trained model travels from training to serving. */
@NullMarked
package dev.discern.common.artifact;

import org.jspecify.annotations.NullMarked;
