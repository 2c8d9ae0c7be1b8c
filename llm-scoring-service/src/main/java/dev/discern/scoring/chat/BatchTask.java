package dev.discern.scoring.chat;

import dev.discern.scoring.budget.Price;
import java.time.Duration;

/**
 * What a run is to ask by batch.
 *
 * @param chat the same questions by chat, at the price of chat
 * @param price of a batch's tokens
 * @param deadline counted from the run's first batch: what has no answer then is asked by chat
 */
public record BatchTask(ChatTask chat, Price price, Duration deadline) {}
