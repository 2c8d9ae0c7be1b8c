package dev.discern.cli.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** A 95 % interval; in JSON an array of two. */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"low", "high"})
public record Interval(double low, double high) {

    /** Whether it lies on one side of zero. */
    public boolean excludesZero() {
        return low > 0 || high < 0;
    }
}
