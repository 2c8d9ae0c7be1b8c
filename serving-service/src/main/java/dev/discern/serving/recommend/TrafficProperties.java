package dev.discern.serving.recommend;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who gets answers of which model, and how much of them is tried out.
 *
 * @param challengerShare of the users, who are tried on the challenger while there is one; in [0, 1]
 * @param shadowShare of the recommendations, that the shadow answers too while there is one; in [0, 1]
 * @param exploration the share of an answer's places that {@link Exploration} gives to new items, at most; in [0, 0.5]
 */
@ConfigurationProperties("discern.traffic")
public record TrafficProperties(
        @DefaultValue("0") double challengerShare,
        @DefaultValue("1") double shadowShare,
        @DefaultValue("0") double exploration) {

    /** Beyond it the first place would be one of them. */
    private static final double MAX_EXPLORATION = 0.5;

    public TrafficProperties {
        if (!(exploration >= 0 && exploration <= MAX_EXPLORATION)) {
            throw new IllegalArgumentException("discern.traffic.exploration must be in [0, 0.5], not " + exploration);
        }
    }
}
