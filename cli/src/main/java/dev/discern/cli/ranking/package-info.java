/** Ranked lists that others recorded, turned into judgments and the data to examine them on. */
@NullMarked
package dev.discern.cli.ranking;

import org.jspecify.annotations.NullMarked;
