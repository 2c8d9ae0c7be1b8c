/** The embedded stack: a Postgres and three service processes that live and die together. */
@NullMarked
package dev.discern.cli.stack;

import org.jspecify.annotations.NullMarked;
