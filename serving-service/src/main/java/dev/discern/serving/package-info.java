/** The serving service: top-K answers from a published artifact, without any LLM. */
@NullMarked
package dev.discern.serving;

import org.jspecify.annotations.NullMarked;
