package dev.discern.scoring.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What asking would come to.
 *
 * @param judge identity of model, template and temperature
 * @param prompts users to be asked about
 * @param answered those of them that have an answer already
 * @param calls HTTP calls, if none fails and every answer is of use
 * @param promptTokens about; counted on a sample
 * @param completionTokens about
 * @param cost US dollars, about; null when the model has no price
 * @param worstTokens tokens that the same calls cannot pass: what a cap sets aside for each of them
 * @param worstCost the same in US dollars; null when the model has no price
 * @param pilotPrompts those of the prompts that are asked as a pilot; null for policies without one
 * @param priceDate when the price was looked up
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Estimate(
        String judge,
        long prompts,
        long answered,
        long calls,
        long promptTokens,
        long completionTokens,
        @Nullable BigDecimal cost,
        long worstTokens,
        @Nullable BigDecimal worstCost,
        @Nullable Integer pilotPrompts,
        @Nullable LocalDate priceDate) {}
