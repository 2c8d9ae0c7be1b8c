/** The judges and the sentence encoder. */
@NullMarked
package dev.discern.scoring.llm;

import org.jspecify.annotations.NullMarked;
