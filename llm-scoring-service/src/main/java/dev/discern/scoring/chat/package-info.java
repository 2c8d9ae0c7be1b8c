/** The chat and batch judges: ask an LLM a run's open prompts, within the budget, and never the same question twice. */
@NullMarked
package dev.discern.scoring.chat;

import org.jspecify.annotations.NullMarked;
