package dev.discern.serving.recommend;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who gets answers of which model.
 *
 * @param challengerShare of the users, who are tried on the challenger while there is one; in [0, 1]
 * @param shadowShare of the recommendations, that the shadow answers too while there is one; in [0, 1]
 */
@ConfigurationProperties("discern.traffic")
public record TrafficProperties(
        @DefaultValue("0") double challengerShare,
        @DefaultValue("1") double shadowShare) {}
