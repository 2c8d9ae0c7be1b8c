/** The sample data: a catalogue of real films and a simulated audience (docs/sample-data.md). */
@NullMarked
package dev.discern.cli.sample;

import org.jspecify.annotations.NullMarked;
