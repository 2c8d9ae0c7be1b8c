/** The judges, the sentence encoder, and the LLM provider with its limits, retries and circuit. */
@NullMarked
package dev.discern.scoring.llm;

import org.jspecify.annotations.NullMarked;
