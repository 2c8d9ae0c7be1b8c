package dev.discern.training.trainer;

import dev.discern.common.random.Seeds;
import dev.discern.training.dataset.Judgments;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.gate.CalibratedGate;
import dev.discern.training.testing.PlantedData;
import java.util.function.Supplier;

/** The guidance of each kind on planted data. */
final class PlantedGuidance {

    private PlantedGuidance() {}

    static Guidance of(
            RegularizerKind kind,
            PlantedData planted,
            TrainingData data,
            Judgments judgments,
            TrainingParameters parameters,
            Supplier<CalibratedGate> gate) {
        return switch (kind) {
            case OFF -> Guidance.none();
            case GATED, PLACEBO ->
                Guidance.calibrated(judgments.pairs(), gate.get().targets(judgments.pairs()), parameters);
            case JUDGE_FREE, JUDGE_PICKS ->
                Guidance.calibrated(judgments.pairs(), gate.get().judgeFreeTargets(judgments.pairs()), parameters);
            case GLOBAL -> Guidance.global(judgments.pairs(), parameters);
            case POINTWISE -> Guidance.pointwise(judgments.scores(), parameters);
            case LLM_CF -> Guidance.llmCf(judgments.pairs(), parameters);
            case KAR -> Guidance.alignment(data, planted.texts(), parameters.dim(), parameters, new Seeds(1));
            case PAPER -> Guidance.paper(judgments.pairs(), data, parameters);
        };
    }
}
