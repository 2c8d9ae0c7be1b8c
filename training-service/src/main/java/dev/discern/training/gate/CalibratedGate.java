package dev.discern.training.gate;

import dev.discern.common.random.Seeds;
import dev.discern.common.statistics.LogisticRegression;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.AuditPairs;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.gate.GateReport.Coefficient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The probability that a user prefers one item to another, given what the model believes, how popular they are and what the judge
 * said; fitted on audit pairs (one item held out, the other drawn) weighted by inverse inclusion probability, on half of the
 * users, and checked on the other half. See {@link PairFeatures} for the equation.
 */
public final class CalibratedGate {

    private static final double RIDGE = 1;
    private static final int CALIBRATION_BINS = 10;

    private final PairFeatures features;
    private final LogisticRegression.Fit withJudge;
    private final boolean judged; // false where nobody judged the pairs
    private final LogisticRegression.Fit judgeFree;
    private final GateReport report;

    private CalibratedGate(
            PairFeatures features,
            LogisticRegression.Fit withJudge,
            boolean judged,
            LogisticRegression.Fit judgeFree,
            GateReport report) {
        this.features = features;
        this.withJudge = withJudge;
        this.judged = judged;
        this.judgeFree = judgeFree;
        this.report = report;
    }

    /**
     * Fits the gate on top of a warmed-up model, which is held fixed.
     *
     * @param uncertainty of that model
     * @throws IllegalArgumentException if there are too few audit pairs to fit and to check
     */
    public static CalibratedGate fit(
            AuditPairs audits, TrainingData data, DotProductModel warmedUp, Uncertainty uncertainty, Seeds seeds) {
        PairFeatures features = new PairFeatures(data, warmedUp, uncertainty, varies(audits.consistency()));
        int[] fitted = half(audits, seeds, true);
        int[] checked = half(audits, seeds, false);
        if (fitted.length == 0 || checked.length == 0) {
            throw new IllegalArgumentException(
                    "the gate needs audit prompts of at least two users to be fitted and checked; %d pairs are not enough"
                            .formatted(audits.size()));
        }
        boolean judged = anyNotZero(audits.margin());
        LogisticRegression.Fit judgeFree = fit(audits, fitted, features, false);
        LogisticRegression.Fit withJudge = judged ? fit(audits, fitted, features, true) : judgeFree;
        Check check = check(audits, checked, features, withJudge, judged);
        Check free = check(audits, checked, features, judgeFree, false);
        GateReport report = new GateReport(
                uncertainty.label(),
                coefficients(features.names(judged), withJudge),
                check.logLoss,
                free.logLoss,
                check.ece,
                free.ece,
                fitted.length,
                checked.length);
        return new CalibratedGate(features, withJudge, judged, judgeFree, report);
    }

    /** {@code p(u, preferred, other)} of every judged pair; where the judge {@linkplain GateReport#judgeHelps does not help}, as without it. */
    public float[] targets(JudgedPairs pairs) {
        return report.judgeHelps() ? targets(pairs, withJudge, judged) : judgeFreeTargets(pairs);
    }

    /** The same for the control that never saw the judge (g = 0, fitted without it). */
    public float[] judgeFreeTargets(JudgedPairs pairs) {
        return targets(pairs, judgeFree, false);
    }

    public GateReport report() {
        return report;
    }

    private float[] targets(JudgedPairs pairs, LogisticRegression.Fit fit, boolean judge) {
        float[] targets = new float[pairs.size()];
        for (int n = 0; n < targets.length; n++) {
            targets[n] = (float) fit.probability(features.of(
                    pairs.user()[n],
                    pairs.preferred()[n],
                    pairs.other()[n],
                    pairs.margin()[n],
                    pairs.consistency()[n],
                    judge));
        }
        return targets;
    }

    /** The pairs of about half of the users. */
    private static int[] half(AuditPairs audits, Seeds seeds, boolean toFit) {
        int[] pairs = new int[audits.size()];
        int count = 0;
        for (int n = 0; n < pairs.length; n++) {
            if (seeds.random("gate-half", audits.user()[n]).nextBoolean() == toFit) {
                pairs[count++] = n;
            }
        }
        return Arrays.copyOf(pairs, count);
    }

    private static LogisticRegression.Fit fit(AuditPairs audits, int[] pairs, PairFeatures features, boolean judge) {
        double[][] x = new double[pairs.length][];
        double[] weight = new double[pairs.length];
        int[] cluster = new int[pairs.length];
        for (int n = 0; n < pairs.length; n++) {
            x[n] = features(audits, pairs[n], features, judge);
            weight[n] = audits.weight()[pairs[n]];
            cluster[n] = audits.user()[pairs[n]];
        }
        return LogisticRegression.fit(x, weight, cluster, RIDGE);
    }

    private record Check(double logLoss, double ece) {}

    /** Log loss and calibration error (Naeini et al., 2015): each pair counts in both directions, as p and as 1 − p. */
    private static Check check(
            AuditPairs audits, int[] pairs, PairFeatures features, LogisticRegression.Fit fit, boolean judge) {
        double logLoss = 0;
        double total = 0;
        double[] weightIn = new double[CALIBRATION_BINS];
        double[] promised = new double[CALIBRATION_BINS];
        double[] kept = new double[CALIBRATION_BINS];
        for (int pair : pairs) {
            double p = fit.probability(features(audits, pair, features, judge));
            double weight = audits.weight()[pair];
            logLoss -= weight * Math.log(Math.max(p, 1e-12));
            total += weight;
            for (double forecast : new double[] {p, 1 - p}) {
                int bin = Math.min((int) (forecast * CALIBRATION_BINS), CALIBRATION_BINS - 1);
                weightIn[bin] += weight;
                promised[bin] += weight * forecast;
            }
            kept[Math.min((int) (p * CALIBRATION_BINS), CALIBRATION_BINS - 1)] += weight;
        }
        double error = 0;
        for (int bin = 0; bin < CALIBRATION_BINS; bin++) {
            error += Math.abs(promised[bin] - kept[bin]);
        }
        return new Check(logLoss / total, error / Arrays.stream(weightIn).sum());
    }

    private static double[] features(AuditPairs audits, int n, PairFeatures features, boolean judge) {
        return features.of(
                audits.user()[n],
                audits.chosen()[n],
                audits.other()[n],
                audits.margin()[n],
                audits.consistency()[n],
                judge);
    }

    private static List<Coefficient> coefficients(List<String> names, LogisticRegression.Fit fit) {
        List<Coefficient> coefficients = new ArrayList<>();
        for (int f = 0; f < names.size(); f++) {
            coefficients.add(new Coefficient(names.get(f), fit.coefficients()[f], fit.standardErrors()[f]));
        }
        return coefficients;
    }

    private static boolean anyNotZero(float[] values) {
        for (float value : values) {
            if (value != 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean varies(float[] values) {
        for (float value : values) {
            if (value != values[0]) {
                return true;
            }
        }
        return false;
    }
}
