/** What a run found, as tables for people and as JSON for tools. */
@NullMarked
package dev.discern.cli.report;

import org.jspecify.annotations.NullMarked;
