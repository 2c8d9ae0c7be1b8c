package dev.discern.scoring.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * The report as CSV (RFC 4180), a figure in each row: {@code section,group,who,measure,prompts,pairs,value,low,high}. What does not
 * apply is empty.
 */
public final class ReliabilityTable {

    private static final String PAIR_ACCURACY = "pair accuracy";
    private static final String JUDGE = "judge";
    private static final String POPULARITY = "popularity";
    private static final String ENCODER = "encoder";
    private static final String MODEL = "model";

    private final StringBuilder text = new StringBuilder();
    private final CSVPrinter rows;

    private ReliabilityTable() throws IOException {
        rows = new CSVPrinter(
                text,
                CSVFormat.RFC4180
                        .builder()
                        .setHeader("section", "group", "who", "measure", "prompts", "pairs", "value", "low", "high")
                        .get());
    }

    /** The rows with their header. */
    public static String of(ReliabilityReport report) {
        try {
            ReliabilityTable table = new ReliabilityTable();
            table.add(report);
            return table.text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringBuilder has none
        }
    }

    private void add(ReliabilityReport report) throws IOException {
        for (Comparison comparison : report.weightings()) {
            String group = comparison.weighting().label();
            int prompts = comparison.prompts();
            long pairs = comparison.pairs();
            wins("weighting", group, JUDGE, prompts, pairs, comparison.judge());
            wins("weighting", group, POPULARITY, prompts, pairs, comparison.popularity());
            estimate(
                    "weighting",
                    group,
                    "judge - popularity",
                    PAIR_ACCURACY,
                    prompts,
                    pairs,
                    comparison.overPopularity());
            if (comparison.encoder() != null) {
                wins("weighting", group, ENCODER, null, null, comparison.encoder());
            }
            if (comparison.overEncoder() != null) {
                estimate("weighting", group, "judge - encoder", PAIR_ACCURACY, null, null, comparison.overEncoder());
            }
            if (comparison.model() != null) {
                wins("weighting", group, MODEL, null, null, comparison.model());
            }
            if (comparison.overModel() != null) {
                estimate("weighting", group, "judge - model", PAIR_ACCURACY, null, null, comparison.overModel());
            }
        }
        for (ReliabilityReport.Slice slice : report.bySlice()) {
            String group = "history " + slice.historyLength() + ", popularity " + slice.popularity();
            wins("slice", group, JUDGE, slice.n(), slice.pairs(), new Wins(slice.pairAccuracy(), slice.ci95()));
            wins("slice", group, POPULARITY, slice.n(), slice.pairs(), slice.popularityWins());
            if (slice.encoderWins() != null) {
                wins("slice", group, ENCODER, null, null, slice.encoderWins());
            }
            if (slice.modelWins() != null) {
                wins("slice", group, MODEL, null, null, slice.modelWins());
            }
        }
        if (report.calibration() != null) {
            add(report.calibration());
        }
        PopularityLift lift = report.popularityLift();
        estimate("popularity lift", "", JUDGE, "percentile", report.prompts(), null, lift.judge());
        estimate("popularity lift", "", POPULARITY, "percentile", report.prompts(), null, lift.popularity());
        estimate("popularity lift", "", "users", "percentile", report.auditPrompts(), null, lift.users());
        add(report.slotEffect());
        estimate("order", "", JUDGE, "unchanged", report.prompts(), null, report.unchangedOrder());
        for (Favourite favourite : report.favourites()) {
            estimate(
                    "favourite",
                    favourite.itemId(),
                    JUDGE,
                    "mean score",
                    favourite.prompts(),
                    null,
                    new Estimate(favourite.meanScore(), favourite.ci95()));
        }
        if (report.cost() != null) {
            add(report.cost());
        }
    }

    private void add(Calibration calibration) throws IOException {
        int prompts = calibration.checkPrompts();
        estimate(
                "calibration",
                "",
                JUDGE,
                "slope",
                calibration.fitPrompts(),
                null,
                new Estimate(calibration.slope(), calibration.slopeCi95()));
        value("calibration", JUDGE, "ece", prompts, calibration.ece());
        value("calibration", JUDGE, "brier", prompts, calibration.brier());
        for (Calibration.Bin bin : calibration.curve()) {
            String group = bin.from() + " to " + bin.to();
            row("calibration", group, JUDGE, "promised", bin.prompts(), bin.pairs(), bin.promised(), null);
            row("calibration", group, JUDGE, "observed", bin.prompts(), bin.pairs(), bin.observed(), bin.ci95());
        }
    }

    private void add(SlotEffect effect) throws IOException {
        estimate("slot", "first - second half", JUDGE, "mean score", null, null, effect.firstOverSecondHalf());
        for (SlotEffect.Slot slot : effect.slots()) {
            String group = slot.from() == slot.to() ? "" + slot.from() : slot.from() + " to " + slot.to();
            estimate("slot", group, JUDGE, "mean score", slot.prompts(), null, slot.meanScore());
            wins("slot", group, JUDGE, slot.auditPrompts(), null, slot.audit());
        }
    }

    private void add(Cost cost) throws IOException {
        int prompts = (int) cost.prompts();
        value("cost", JUDGE, "usd", prompts, cost.usd());
        value("cost", JUDGE, "usd per prompt", prompts, cost.usdPerPrompt());
        value("cost", JUDGE, "usd per point", prompts, cost.usdPerPoint());
    }

    private void wins(
            String section, String group, String who, @Nullable Integer prompts, @Nullable Long pairs, Wins wins)
            throws IOException {
        row(section, group, who, PAIR_ACCURACY, prompts, pairs, wins.pairAccuracy(), wins.ci95());
    }

    private void estimate(
            String section,
            String group,
            String who,
            String measure,
            @Nullable Integer prompts,
            @Nullable Long pairs,
            Estimate estimate)
            throws IOException {
        row(section, group, who, measure, prompts, pairs, estimate.value(), estimate.ci95());
    }

    private void value(String section, String who, String measure, int prompts, @Nullable Double value)
            throws IOException {
        row(section, "", who, measure, prompts, null, value, null);
    }

    private void row(
            String section,
            String group,
            String who,
            String measure,
            @Nullable Integer prompts,
            @Nullable Long pairs,
            @Nullable Double value,
            @Nullable List<Double> ci95)
            throws IOException {
        rows.printRecord(
                section,
                group,
                who,
                measure,
                prompts,
                pairs,
                value,
                ci95 == null ? null : ci95.getFirst(),
                ci95 == null ? null : ci95.getLast());
    }
}
