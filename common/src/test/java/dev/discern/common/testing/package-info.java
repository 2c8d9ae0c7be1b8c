/** What tests of several modules share. */
@NullMarked
package dev.discern.common.testing;

import org.jspecify.annotations.NullMarked;
