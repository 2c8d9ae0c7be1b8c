/** One class for each command. */
@NullMarked
package dev.discern.cli.command;

import org.jspecify.annotations.NullMarked;
