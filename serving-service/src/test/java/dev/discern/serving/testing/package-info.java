/** Models made for tests. */
@NullMarked
package dev.discern.serving.testing;

import org.jspecify.annotations.NullMarked;
