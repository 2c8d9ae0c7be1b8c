package dev.discern.training.gate;

import java.util.List;

/**
 * What the gate learned and whether the judge helps, told on pairs that it was not fitted on.
 *
 * @param logLoss weighted log loss, in nats, on the checking half
 * @param logLossJudgeFree the same for a fit that never saw the judge: the lower of the two knows more
 * @param ece expected calibration error on the checking half, in [0, 1]
 * @param eceJudgeFree the same for the fit without the judge
 */
public record GateReport(
        List<Coefficient> coefficients,
        double logLoss,
        double logLossJudgeFree,
        double ece,
        double eceJudgeFree,
        int fitPairs,
        int checkPairs) {

    /** One coefficient of docs/method.md, by name. */
    public record Coefficient(String name, double value, double standardError) {}
}
