package dev.discern.scoring.budget;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Prices as configured.
 *
 * @param date when they were looked up: providers change them
 * @param models a model that is not among them has no price, and no budget in money
 */
@ConfigurationProperties("discern.llm.prices")
public record PriceTable(
        @Nullable LocalDate date, @DefaultValue List<ModelPrice> models) {

    /** US dollars for a million tokens. */
    public record ModelPrice(String model, BigDecimal prompt, BigDecimal completion) {

        public ModelPrice {
            Price _ = new Price(prompt, completion);
        }

        Price price() {
            return new Price(prompt, completion);
        }
    }

    public PriceTable {
        models = List.copyOf(models);
        if (!models.isEmpty() && date == null) {
            throw new IllegalArgumentException("discern.llm.prices.date must say when the prices were looked up");
        }
    }

    /** The price of a model, by its whole name. */
    public Optional<Price> of(String model) {
        return models.stream()
                .filter(price -> price.model().equals(model))
                .map(ModelPrice::price)
                .findFirst();
    }
}
