package dev.discern.training.job;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How models are trained.
 *
 * @param checkpointInterval after so much time a training writes a checkpoint within an epoch too, and so loses no more when it is killed;
 *     zero for checkpoints after epochs alone
 */
@ConfigurationProperties("discern.training")
public record TrainingProperties(@DefaultValue("60s") Duration checkpointInterval) {

    public TrainingProperties {
        if (checkpointInterval.isNegative()) {
            throw new IllegalArgumentException(
                    "discern.training.checkpoint-interval must not be negative, it is " + checkpointInterval);
        }
    }
}
