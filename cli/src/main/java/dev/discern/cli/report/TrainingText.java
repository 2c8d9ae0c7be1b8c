package dev.discern.cli.report;

import dev.discern.cli.api.TrainingApi.Gate;
import dev.discern.cli.api.TrainingApi.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A trained model and its gate, in a few lines. */
public final class TrainingText {

    private static final double NORMAL_95 = 1.96;

    private TrainingText() {}

    public static List<String> lines(TrainingResult model) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %s, %s, seed %d; best epoch %d of %d%s",
                model.version(),
                model.backbone(),
                model.regularizer(),
                model.seed(),
                model.bestEpoch(),
                model.epochs(),
                model.validation() == null ? "" : ", validation " + model.validation()));
        if (model.gate() != null) {
            lines.addAll(gate(model.gate()));
        }
        if (model.warnings() != null) {
            model.warnings().forEach(warning -> lines.add("warning: " + warning));
        }
        return lines;
    }

    private static List<String> gate(Gate gate) {
        List<Gate.Coefficient> judge = gate.coefficients().stream()
                .filter(coefficient -> coefficient.name().startsWith("g"))
                .toList();
        String coefficients = judge.stream()
                .map(coefficient -> String.format(
                        Locale.ROOT,
                        "%s %+.3f%s",
                        coefficient.name(),
                        coefficient.value(),
                        coefficient.standardError() == null
                                ? ""
                                : String.format(Locale.ROOT, " ± %.3f", NORMAL_95 * coefficient.standardError())))
                .collect(Collectors.joining(", "));
        String doubt =
                gate.uncertainty() == null ? "" : " (g3 goes by the uncertainty %s)".formatted(gate.uncertainty());
        boolean heard = judge.stream().anyMatch(TrainingText::differsFromZero);
        return List.of(
                "Gate: %s%s: %s"
                        .formatted(
                                coefficients,
                                doubt,
                                heard
                                        ? "the judge is heard where these say so."
                                        : "none of them differs from 0, so the judge is hardly heard."),
                "Gate: " + logLoss(gate));
    }

    /** Whether the judge tells anything that the gate does not know without it. */
    public static String logLoss(Gate gate) {
        return String.format(
                Locale.ROOT,
                "log loss on pairs that it was not fitted on: %.4f with the judge, %.4f without: %s",
                gate.logLoss(),
                gate.logLossJudgeFree(),
                gate.logLoss() < gate.logLossJudgeFree()
                        ? "the judge tells something new."
                        : "the judge tells nothing new, and cannot help here.");
    }

    private static boolean differsFromZero(Gate.Coefficient coefficient) {
        return coefficient.standardError() != null
                && Math.abs(coefficient.value()) > NORMAL_95 * coefficient.standardError();
    }
}
