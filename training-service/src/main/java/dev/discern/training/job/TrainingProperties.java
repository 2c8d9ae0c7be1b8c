package dev.discern.training.job;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How models are trained.
 *
 * @param checkpointInterval after so much time a training writes a checkpoint within an epoch too, and so loses no more when it is killed;
 *     zero for checkpoints after epochs alone
 * @param trendHalfLife after so much time, or more where the data are sparse, a user's touch of an item counts half in what is popular
 */
@ConfigurationProperties("discern.training")
public record TrainingProperties(
        @DefaultValue("60s") Duration checkpointInterval,
        @DefaultValue("30d") Duration trendHalfLife) {

    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    public TrainingProperties {
        if (checkpointInterval.isNegative()) {
            throw new IllegalArgumentException(
                    "discern.training.checkpoint-interval must not be negative, it is " + checkpointInterval);
        }
        if (!trendHalfLife.isPositive()) {
            throw new IllegalArgumentException(
                    "discern.training.trend-half-life must be above zero, it is " + trendHalfLife);
        }
    }

    double trendHalfLifeDays() {
        return trendHalfLife.toMillis() / (1000 * SECONDS_A_DAY);
    }
}
