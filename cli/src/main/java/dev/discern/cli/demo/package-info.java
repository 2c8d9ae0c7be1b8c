/** The whole flow from files to recommendations or to a matrix of models, and what it reports. */
@NullMarked
package dev.discern.cli.demo;

import org.jspecify.annotations.NullMarked;
