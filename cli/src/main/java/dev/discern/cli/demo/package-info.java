/** The whole flow from files to recommendations, and what it reports. */
@NullMarked
package dev.discern.cli.demo;

import org.jspecify.annotations.NullMarked;
