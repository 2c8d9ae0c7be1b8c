package dev.discern.training.gate;

import java.util.List;
import java.util.Objects;

/**
 * What the gate learned and whether the judge helps, told on pairs that it was not fitted on.
 *
 * @param uncertainty what g3 goes by, {@link Uncertainty#label}
 * @param logLoss weighted log loss, in nats, on the checking half
 * @param logLossJudgeFree the same for a fit that never saw the judge: the lower of the two knows more
 * @param ece expected calibration error on the checking half, in [0, 1]
 * @param eceJudgeFree the same for the fit without the judge
 */
public record GateReport(
        String uncertainty,
        List<Coefficient> coefficients,
        double logLoss,
        double logLossJudgeFree,
        double ece,
        double eceJudgeFree,
        int fitPairs,
        int checkPairs) {

    /** A stored report that does not name its uncertainty is from before there was a choice. */
    public GateReport {
        uncertainty = Objects.requireNonNullElse(uncertainty, UncertaintyKind.SCORE_ENTROPY.label());
        coefficients = List.copyOf(coefficients);
    }

    /** Whether the judge lowers the log loss on pairs that the gate was not fitted on. Where it does not, the gate is closed: g = 0. */
    public boolean judgeHelps() {
        return logLoss < logLossJudgeFree;
    }

    /** One coefficient of docs/method.md, by name. */
    public record Coefficient(String name, double value, double standardError) {}
}
