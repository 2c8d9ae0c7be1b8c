package dev.discern.scoring.reliability;

import dev.discern.common.random.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the judge's margin is worth as a probability. On half of the exams one coefficient is fitted to the audit pairs,
 *
 * <pre>
 *   p(preferred is the held-out one) = σ(slope · |Δ|)      maximize Σ log σ(slope · Δ) − ½ slope²
 * </pre>
 *
 * with Δ the margin of the held-out item over the other one; on the other half what p promised is compared with what was observed.
 * A slope near 0 says that the margin tells nothing: a gate that saw only this judge would be shut.
 *
 * @param slopeCi95 by the standard error that is robust to the dependence of the pairs of one prompt (Liang and Zeger, 1986)
 * @param curve of the checking half, by the promised probability; empty bins are left out
 * @param ece mean distance of promised and observed over the bins, weighted by their pairs (Naeini et al., 2015)
 * @param brier mean squared distance of p from what happened; always promising one half has .25
 */
public record Calibration(
        int fitPrompts,
        int checkPrompts,
        double slope,
        List<Double> slopeCi95,
        List<Bin> curve,
        double ece,
        double brier) {

    private static final int BINS = 10;
    private static final double RIDGE = 1;
    private static final int MAX_STEPS = 50;
    private static final double TOLERANCE = 1e-10;
    private static final double NORMAL_95 = 1.96;

    /**
     * The pairs whose promised probability lies in [from, to).
     *
     * @param promised their mean probability
     * @param observed share of them in which the judge was right, ties half
     */
    public record Bin(
            double from, double to, int prompts, long pairs, double promised, double observed, List<Double> ci95) {}

    /** Of these prompts; empty when a half has no exam. */
    static Optional<Calibration> of(List<JudgedPrompt> prompts) {
        Seeds seeds = new Seeds(prompts.size());
        List<double[]> fitted = new ArrayList<>();
        List<double[]> checked = new ArrayList<>();
        for (int n = 0; n < prompts.size(); n++) {
            if (prompts.get(n).isExam()) {
                boolean toFit = seeds.random("calibration-half", n).nextBoolean();
                (toFit ? fitted : checked).add(margins(prompts.get(n)));
            }
        }
        return fitted.isEmpty() || checked.isEmpty() ? Optional.empty() : Optional.of(of(fitted, checked));
    }

    /**
     * Fits on some exams and tells on others.
     *
     * @param fitted margins of the held-out item, an array for each exam
     * @param checked likewise
     */
    static Calibration of(List<double[]> fitted, List<double[]> checked) {
        Slope slope = Slope.fit(fitted);
        Share[] promised = new Share[BINS];
        Share[] observed = new Share[BINS];
        double squares = 0;
        for (int bin = 0; bin < BINS; bin++) {
            promised[bin] = new Share();
            observed[bin] = new Share();
        }
        for (int n = 0; n < checked.size(); n++) {
            for (double margin : checked.get(n)) {
                double p = sigmoid(slope.value * Math.abs(margin));
                double right = margin > 0 ? 1 : margin == 0 ? 0.5 : 0;
                int bin = Math.min((int) (p * BINS), BINS - 1);
                promised[bin].add(n, p, 1);
                observed[bin].add(n, right, 1);
                squares += (p - right) * (p - right);
            }
        }
        List<Bin> curve = new ArrayList<>();
        double distance = 0;
        long pairs = 0;
        for (int bin = 0; bin < BINS; bin++) {
            Double kept = observed[bin].value();
            Double mean = promised[bin].value();
            List<Double> ci95 = observed[bin].ci95();
            if (kept != null && mean != null && ci95 != null) {
                long inBin = observed[bin].pairs();
                curve.add(new Bin(
                        (double) bin / BINS, (bin + 1.0) / BINS, observed[bin].prompts(), inBin, mean, kept, ci95));
                distance += inBin * Math.abs(mean - kept);
                pairs += inBin;
            }
        }
        return new Calibration(
                fitted.size(),
                checked.size(),
                slope.value,
                List.of(slope.value - NORMAL_95 * slope.standardError, slope.value + NORMAL_95 * slope.standardError),
                curve,
                distance / pairs,
                squares / pairs);
    }

    /** Whether the margin may tell nothing: the slope's interval reaches down to 0. */
    boolean mayTellNothing() {
        return slopeCi95.getFirst() <= 0;
    }

    private record Slope(double value, double standardError) {

        /** By Newton's method. */
        static Slope fit(List<double[]> exams) {
            double slope = 0;
            double curvature = RIDGE;
            for (int step = 0; step < MAX_STEPS; step++) {
                double gradient = -RIDGE * slope;
                curvature = RIDGE;
                for (double[] margins : exams) {
                    for (double margin : margins) {
                        double miss = sigmoid(-slope * margin);
                        gradient += miss * margin;
                        curvature += miss * (1 - miss) * margin * margin;
                    }
                }
                double move = gradient / curvature;
                slope += move;
                if (Math.abs(move) < TOLERANCE) {
                    break;
                }
            }
            double variance = 0;
            for (double[] margins : exams) {
                double pull = 0;
                for (double margin : margins) {
                    pull += sigmoid(-slope * margin) * margin;
                }
                variance += pull * pull / (curvature * curvature);
            }
            return new Slope(slope, Math.sqrt(variance));
        }
    }

    private static double[] margins(JudgedPrompt prompt) {
        double[] margins = new double[prompt.size() - 1];
        int next = 0;
        for (int other = 0; other < prompt.size(); other++) {
            if (other != prompt.audit()) {
                margins[next++] = prompt.margin(other);
            }
        }
        return margins;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
