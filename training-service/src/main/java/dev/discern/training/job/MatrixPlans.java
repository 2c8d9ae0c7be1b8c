package dev.discern.training.job;

import dev.discern.training.gate.PairKind;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.InvalidParameterException;
import dev.discern.training.trainer.RegularizerKind;
import dev.discern.web.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes matrix plans of requests: defaults, checks, and what is wrong as a problem that names the field. */
@Component
class MatrixPlans {

    private static final String MEMBER = "/matrix/";
    private static final int DEFAULT_SEEDS = 3;
    /** One order for all seeds of training: users are compared with themselves. */
    private static final long DAY_SEED = 1;

    private static final List<Float> DEFAULT_GAINS = List.of(0f, 1f, 2f);
    private static final List<Float> DEFAULT_LAMBDAS = List.of(0.03f, 0.1f, 0.3f);
    private static final List<String> DEFAULT_BACKBONES =
            List.of(BackboneKind.HISTORY.label(), BackboneKind.BPR_MF.label());

    private final CompletedRuns runs;

    MatrixPlans(CompletedRuns runs) {
        this.runs = runs;
    }

    /**
     * What a request asks for, on the data of this version.
     *
     * @throws ProblemException 400 naming the field, 409 when a scoring run is not completed
     */
    MatrixPlan plan(MatrixRequest request, String dataVersion) {
        requireCompleted("scoringRun", request.scoringRun());
        requireCompleted("rescueRun", request.rescueRun());
        boolean shuffleDays = Objects.requireNonNullElse(request.shuffleDays(), false);
        try {
            List<BackboneKind> backbones = Objects.requireNonNullElse(request.backbones(), DEFAULT_BACKBONES).stream()
                    .map(BackboneKind::of)
                    .toList();
            List<RegularizerKind> regularizers = request.regularizers() == null
                    ? all(shuffleDays)
                    : request.regularizers().stream()
                            .map(MatrixPlans::regularizer)
                            .toList();
            Runs learntFrom = runs(request, backbones, regularizers);
            return new MatrixPlan(
                    backbones,
                    regularizers,
                    Objects.requireNonNullElse(request.baselines(), true),
                    Objects.requireNonNullElse(request.seeds(), DEFAULT_SEEDS),
                    learntFrom.scoringRun,
                    learntFrom.rescueRun,
                    request.uncertainty() == null ? null : TrainingPlans.uncertainty(request.uncertainty()),
                    Objects.requireNonNullElse(request.rareGains(), DEFAULT_GAINS),
                    Objects.requireNonNullElse(request.lambdas(), DEFAULT_LAMBDAS),
                    shuffleDays ? Long.valueOf(DAY_SEED) : null,
                    dataVersion);
        } catch (InvalidParameterException e) {
            throw ProblemException.invalid(MEMBER + e.name(), "INVALID", String.valueOf(e.getMessage()));
        }
    }

    private record Runs(@Nullable Long scoringRun, @Nullable Long rescueRun) {}

    /** Those that are named; where none is and one is needed, the newest with uniform pairs, and for a strong backbone with rescue pairs. */
    private Runs runs(MatrixRequest request, List<BackboneKind> backbones, List<RegularizerKind> regularizers) {
        boolean judged = !Objects.requireNonNullElse(request.shuffleDays(), false)
                && !backbones.isEmpty()
                && regularizers.stream().anyMatch(RegularizerKind::needsJudgments);
        boolean strong = backbones.stream().anyMatch(BackboneKind::isStrong);
        boolean weak = !backbones.stream().allMatch(BackboneKind::isStrong);
        if (!judged || request.scoringRun() != null || (request.rescueRun() != null && !weak)) {
            return new Runs(request.scoringRun(), request.rescueRun());
        }
        Long rescueRun = request.rescueRun() == null && strong
                ? runs.newest(PairKind.RESCUE).orElse(null)
                : request.rescueRun();
        return new Runs(runs.newest(BackboneKind.BPR_MF, null), rescueRun);
    }

    private static List<RegularizerKind> all(boolean shuffleDays) {
        return Arrays.stream(RegularizerKind.values())
                .filter(regularizer -> !shuffleDays || !regularizer.needsJudgments())
                .toList();
    }

    private static RegularizerKind regularizer(String label) {
        try {
            return RegularizerKind.of(label);
        } catch (IllegalArgumentException e) {
            throw new InvalidParameterException("regularizers", String.valueOf(e.getMessage()));
        }
    }

    private void requireCompleted(String field, @Nullable Long run) {
        if (run != null) {
            runs.requireCompleted(run, MEMBER + field);
        }
    }
}
