/** The LLM scoring service: imports data, asks judges offline, reports how far they can be trusted. */
@NullMarked
package dev.discern.scoring;

import org.jspecify.annotations.NullMarked;
