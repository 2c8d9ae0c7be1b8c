/** The command line: its entry point. */
@NullMarked
package dev.discern.cli;

import org.jspecify.annotations.NullMarked;
