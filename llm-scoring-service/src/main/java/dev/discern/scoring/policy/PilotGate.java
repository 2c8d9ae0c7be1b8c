package dev.discern.scoring.policy;

import dev.discern.common.statistics.LogisticRegression;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the pilot teaches: how sure one may be of a pair for nothing, {@code p_free}, and how far the judge's word moves it, the gate
 * {@code g} of {@link Evidence}. Both are L2 logistic regressions on the audit pairs (the held-out item first, label 1), each weighted
 * by the inverse of the probability with which its candidate, and its prompt, were drawn; {@code p_free} is fitted without the judge's
 * margin. Standard errors are robust to the dependence of one user's pairs.
 */
public final class PilotGate {

    private static final double RIDGE = 1;

    private final List<String> names;
    private final LogisticRegression.Fit withJudge;
    private final LogisticRegression.Fit judgeFree;
    private final OptionalDouble logLoss;
    private final OptionalDouble logLossJudgeFree;

    private PilotGate(
            List<String> names,
            LogisticRegression.Fit withJudge,
            LogisticRegression.Fit judgeFree,
            OptionalDouble logLoss,
            OptionalDouble logLossJudgeFree) {
        this.names = names;
        this.withJudge = withJudge;
        this.judgeFree = judgeFree;
        this.logLoss = logLoss;
        this.logLossJudgeFree = logLossJudgeFree;
    }

    /**
     * A prompt of the pilot with its answer.
     *
     * @param audit position of the held-out item
     * @param z (candidates) the judge's scores standardized within the prompt
     * @param inclusion (candidates) probability with which each was drawn
     * @param pilotInclusion probability with which the pilot's draw took the prompt
     */
    @SuppressWarnings("ArrayRecordComponent") // read by loops; never compared
    record Exam(Evidence evidence, int audit, float[] z, double[] inclusion, double pilotInclusion) {}

    /** A coefficient by name. */
    public record Coefficient(String name, double value, double standardError) {}

    /** Fits; at least one exam. */
    static PilotGate fit(List<Exam> exams) {
        Pairs all = new Pairs(exams, 0, 1);
        Pairs even = new Pairs(exams, 0, 2);
        Pairs odd = new Pairs(exams, 1, 2);
        return new PilotGate(
                exams.getFirst().evidence().names(),
                all.fit(true),
                all.fit(false),
                crossFitted(even, odd, true),
                crossFitted(even, odd, false));
    }

    /** The weighted mean log loss on each half of the exams by the fit on the other; empty when a half has none. */
    private static OptionalDouble crossFitted(Pairs one, Pairs other, boolean judge) {
        if (one.size() == 0 || other.size() == 0) {
            return OptionalDouble.empty();
        }
        double loss = one.logLoss(other.fit(judge), judge) + other.logLoss(one.fit(judge), judge);
        return OptionalDouble.of(loss / (one.totalWeight() + other.totalWeight()));
    }

    /** {@code p_free(u,i,j)}: the probability that the user prefers candidate i to j, as far as is known without the judge. */
    double free(Evidence evidence, int i, int j) {
        return judgeFree.probability(evidence.free(i, j));
    }

    /** {@code g(u,i,j)}: how far a unit of the judge's margin moves the logit of the preference. */
    double gate(Evidence evidence, int i, int j) {
        double[] x = evidence.gate(i, j);
        double[] beta = withJudge.coefficients();
        double sum = 0;
        for (int f = 0; f < x.length; f++) {
            sum += x[f] * beta[beta.length - x.length + f];
        }
        return sum;
    }

    /** Those of the fit with the judge. */
    public List<Coefficient> coefficients() {
        List<Coefficient> coefficients = new ArrayList<>();
        for (int f = 0; f < names.size(); f++) {
            coefficients.add(new Coefficient(
                    names.get(f), withJudge.coefficients()[f], withJudge.standardErrors()[f]));
        }
        return coefficients;
    }

    /** On exams that were not fitted on, in nats; empty for fewer than two. */
    public OptionalDouble logLoss() {
        return logLoss;
    }

    /** The same without the judge: where it is lower, the judge adds nothing. */
    public OptionalDouble logLossJudgeFree() {
        return logLossJudgeFree;
    }

    /** The audit pairs of every {@code step}-th exam. */
    private static final class Pairs {

        private final List<double[]> withJudge = new ArrayList<>();
        private final List<double[]> judgeFree = new ArrayList<>();
        private final List<Double> weights = new ArrayList<>();
        private final List<Integer> exam = new ArrayList<>();

        Pairs(List<Exam> exams, int first, int step) {
            for (int n = first; n < exams.size(); n += step) {
                Exam asked = exams.get(n);
                for (int other = 0; other < asked.evidence().size(); other++) {
                    if (other != asked.audit()) {
                        double[] free = asked.evidence().free(asked.audit(), other);
                        double margin = asked.z()[asked.audit()] - asked.z()[other];
                        judgeFree.add(free);
                        withJudge.add(joined(free, asked.evidence().gate(asked.audit(), other), margin));
                        weights.add(1 / (asked.inclusion()[other] * asked.pilotInclusion()));
                        exam.add(n);
                    }
                }
            }
        }

        private static double[] joined(double[] free, double[] gate, double margin) {
            double[] x = java.util.Arrays.copyOf(free, free.length + gate.length);
            for (int f = 0; f < gate.length; f++) {
                x[free.length + f] = margin * gate[f];
            }
            return x;
        }

        int size() {
            return weights.size();
        }

        double totalWeight() {
            return weights.stream().mapToDouble(Double::doubleValue).sum();
        }

        LogisticRegression.Fit fit(boolean judge) {
            return LogisticRegression.fit(
                    (judge ? withJudge : judgeFree).toArray(double[][]::new),
                    weights.stream().mapToDouble(Double::doubleValue).toArray(),
                    exam.stream().mapToInt(Integer::intValue).toArray(),
                    RIDGE);
        }

        double logLoss(LogisticRegression.Fit fit, boolean judge) {
            double loss = 0;
            for (int n = 0; n < size(); n++) {
                double p = fit.probability((judge ? withJudge : judgeFree).get(n));
                loss -= weights.get(n) * Math.log(Math.max(p, 1e-12));
            }
            return loss;
        }
    }
}
