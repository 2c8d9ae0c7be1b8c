/** Services that are none, for tests of the command line. */
@NullMarked
package dev.discern.cli.testing;

import org.jspecify.annotations.NullMarked;
