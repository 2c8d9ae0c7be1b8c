/** Versioned templates, and the prompts they become: what an LLM is told, in which form, and how long that is. */
@NullMarked
package dev.discern.scoring.prompt;

import org.jspecify.annotations.NullMarked;
