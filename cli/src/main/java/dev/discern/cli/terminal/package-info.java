/** What the user sees: lines, tables, progress, errors. */
@NullMarked
package dev.discern.cli.terminal;

import org.jspecify.annotations.NullMarked;
