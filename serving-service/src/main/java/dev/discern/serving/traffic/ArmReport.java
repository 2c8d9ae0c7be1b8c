package dev.discern.serving.traffic;

import dev.discern.common.artifact.Alias;
import dev.discern.common.statistics.Interval;
import dev.discern.common.statistics.Proportion;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of the answers of each arm.
 *
 * @param since the first day that counts, UTC
 * @param comparisons of arms between which users were drawn on the same days
 * @param warnings what the figures do not tell
 */
@Schema(requiredProperties = {"since", "arms", "comparisons", "warnings"})
public record ArmReport(LocalDate since, List<Result> arms, List<Comparison> comparisons, List<String> warnings) {

    public ArmReport {
        arms = List.copyOf(arms);
        comparisons = List.copyOf(comparisons);
        warnings = List.copyOf(warnings);
    }

    /**
     * A share, and where it lies with 95 % confidence if answers are independent.
     *
     * @param value in [0, 1]
     */
    @Schema(
            name = "Share",
            requiredProperties = {"value", "low", "high"})
    public record Share(double value, double low, double high) {

        static Share of(Proportion proportion) {
            Interval interval = proportion.interval();
            return new Share(proportion.value(), interval.low(), interval.high());
        }
    }

    /**
     * One arm.
     *
     * @param items shown in the answers
     * @param events by kind
     * @param answersWithEvent how many answers have at least one event, at most {@code answers}
     * @param clickThroughRate {@code answersWithEvent / answers}
     */
    @Schema(
            name = "ArmResult",
            requiredProperties = {
                "alias",
                "version",
                "drawn",
                "firstDay",
                "lastDay",
                "answers",
                "items",
                "events",
                "answersWithEvent",
                "clickThroughRate"
            })
    public record Result(
            Alias alias,
            String version,

            @Schema(
                    description =
                            "whether the users' sides were drawn between champion and challenger; false for sessions, for models that"
                                    + " requests named, and for times without a challenger or without a share for it")
            boolean drawn,

            LocalDate firstDay,
            LocalDate lastDay,
            long answers,

            @Schema(description = "how many items these answers showed")
            long items,

            @Schema(description = "how many events of each kind carry the id of one of these answers")
            Map<String, Long> events,

            @Schema(description = "how many answers have at least one event; an answer counts once")
            long answersWithEvent,

            @Schema(description = "answersWithEvent / answers, with Wilson's 95 % interval")
            Share clickThroughRate) {

        public Result {
            events = Collections.unmodifiableMap(new TreeMap<>(events));
        }
    }

    /**
     * How much the challenger is ahead.
     *
     * @param difference of the two click-through rates, the challenger's less the champion's
     */
    @Schema(
            name = "ArmComparison",
            requiredProperties = {"challenger", "champion", "difference"})
    public record Comparison(
            @Schema(description = "version") String challenger,
            @Schema(description = "version") String champion,

            @Schema(
                    description =
                            "the challenger's click-through rate less the champion's, with Newcombe's 95 % interval")
            Share difference) {}

    /** The arms as CSV: a header, then a line for each. */
    public String csv() {
        StringBuilder csv = new StringBuilder(
                "alias,version,drawn,first_day,last_day,answers,items,answers_with_event,rate,rate_low,rate_high,events\r\n");
        for (Result arm : arms) {
            csv.append(String.join(
                            ",",
                            arm.alias.label(),
                            arm.version, // plain letters, digits, dots and dashes
                            Boolean.toString(arm.drawn),
                            arm.firstDay.toString(),
                            arm.lastDay.toString(),
                            Long.toString(arm.answers),
                            Long.toString(arm.items),
                            Long.toString(arm.answersWithEvent),
                            Double.toString(arm.clickThroughRate.value),
                            Double.toString(arm.clickThroughRate.low),
                            Double.toString(arm.clickThroughRate.high),
                            quoted(arm.events)))
                    .append("\r\n");
        }
        return csv.toString();
    }

    /** {@code buy=1 click=3}; kinds are free texts. */
    private static String quoted(Map<String, Long> events) {
        StringBuilder cell = new StringBuilder("\"");
        events.forEach((kind, count) -> cell.append(cell.length() > 1 ? " " : "")
                .append(kind.replace("\"", "\"\""))
                .append('=')
                .append(count));
        return cell.append('"').toString();
    }
}
