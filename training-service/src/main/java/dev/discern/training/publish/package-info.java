/** From a trained model to a version that serving may load: write, verify, rename, register, promote. */
@NullMarked
package dev.discern.training.publish;

import org.jspecify.annotations.NullMarked;
