/** Thin clients of the three services' REST APIs. */
@NullMarked
package dev.discern.cli.api;

import org.jspecify.annotations.NullMarked;
