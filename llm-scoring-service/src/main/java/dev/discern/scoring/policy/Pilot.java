package dev.discern.scoring.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.discern.scoring.reliability.ReliabilityReport;
import dev.discern.scoring.reliability.Wins;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the pilot went.
 *
 * @param prompts answered with scores
 * @param judgeAccuracy on the pilot's audit pairs as asked; the next two on the same pairs
 * @param encoder null when it was not compared
 * @param model version of the published model whose scores the gate knows; null when there was none
 * @param gate coefficients of {@code logit p}, see {@link Evidence}; empty when nothing was answered
 * @param logLoss of the pairs by the fit with the judge, on exams that it was not fitted on, in nats
 * @param logLossJudgeFree the same by the fit without the judge: where it is lower, the judge adds nothing
 * @param better whether the judge is shown to be better than popularity, and than the encoder where there is one
 * @param explanation for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Pilot(
        int prompts,
        Wins judgeAccuracy,
        Wins popularity,
        @Nullable Wins encoder,
        @Nullable String model,
        List<PilotGate.Coefficient> gate,
        @Nullable Double logLoss,
        @Nullable Double logLossJudgeFree,
        boolean better,
        String explanation) {

    /**
     * From the report of the pilot's prompts.
     *
     * @param gate null when there was nothing to fit
     * @param model version, or null
     * @param force whether the judge is asked on in any case
     */
    static Pilot of(ReliabilityReport report, @Nullable PilotGate gate, @Nullable String model, boolean force) {
        ReliabilityReport.Encoder encoder = report.encoder();
        boolean better = Boolean.TRUE.equals(report.verdict().betterThanPopularity())
                && !Boolean.FALSE.equals(report.verdict().betterThanEncoder());
        String ending = better
                ? ""
                : force
                        ? " It is asked on all the same, as wanted."
                        : " So nobody else is asked about; with force the run goes on.";
        return new Pilot(
                report.prompts(),
                new Wins(report.pairAccuracy(), report.ci95()),
                report.popularity(),
                encoder == null ? null : new Wins(encoder.pairAccuracy(), encoder.ci95()),
                model,
                gate == null ? List.of() : gate.coefficients(),
                gate == null ? null : boxed(gate.logLoss()),
                gate == null ? null : boxed(gate.logLossJudgeFree()),
                better,
                report.verdict().text() + ending);
    }

    private static @Nullable Double boxed(java.util.OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
