package dev.discern.training.trainer;

import dev.discern.common.random.Seeds;
import dev.discern.training.backbone.history.TextFeatures;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.SoftScores;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.objective.CalibratedCrossEntropy;
import dev.discern.training.objective.HingeLoss;
import dev.discern.training.objective.SelectiveHinge;
import dev.discern.training.objective.Sigmoid;
import dev.discern.training.objective.TextAlignment;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes the regularizer of a kind from what the judge said. */
public final class Guidance {

    private final Optional<Regularizer> regularizer;

    private Guidance(Optional<Regularizer> regularizer) {
        this.regularizer = regularizer;
    }

    /** The backbone alone. */
    public static Guidance none() {
        return new Guidance(Optional.empty());
    }

    /** Cross-entropy against calibrated preferences. */
    public static Guidance calibrated(JudgedPairs pairs, float[] targets, TrainingParameters parameters) {
        requireSome(pairs.size());
        return of(new PairRegularizer(pairs, new CalibratedCrossEntropy(targets), parameters.lambda()));
    }

    /** The judge trusted everywhere. */
    public static Guidance global(JudgedPairs pairs, TrainingParameters parameters) {
        requireSome(pairs.size());
        return of(new PairRegularizer(pairs, new HingeLoss(parameters.margin()), parameters.lambda()));
    }

    /** The judge's scores as preferences, {@code p = σ(Δ)}, calibrated on nothing. */
    public static Guidance llmCf(JudgedPairs pairs, TrainingParameters parameters) {
        float[] preference = new float[pairs.size()];
        for (int n = 0; n < preference.length; n++) {
            preference[n] = Sigmoid.of(pairs.margin()[n]);
        }
        return calibrated(pairs, preference, parameters);
    }

    /** Item vectors drawn towards their texts; {@code text} of the data's items. */
    public static Guidance alignment(
            TrainingData data, TextFeatures text, int vectorDim, TrainingParameters parameters, Seeds seeds) {
        if (data.interactions() == 0) {
            throw new IllegalArgumentException("there are no interactions to train on");
        }
        return of(new AlignmentRegularizer(
                data, new TextAlignment(text, vectorDim, parameters.gateRate(), seeds), parameters.lambda()));
    }

    /** Distillation of single scores. */
    public static Guidance pointwise(SoftScores scores, TrainingParameters parameters) {
        requireSome(scores.size());
        return of(new PointwiseRegularizer(scores, parameters.lambda()));
    }

    /** S-LLMR as published, on each user's pairs of the widest margins. */
    public static Guidance paper(JudgedPairs pairs, TrainingData data, TrainingParameters parameters) {
        requireSome(pairs.size());
        return of(new PaperRegularizer(
                widest(pairs, parameters.paperPairs()),
                data,
                new SelectiveHinge(parameters.margin(), parameters.gateRate()),
                parameters.lambda()));
    }

    Optional<Regularizer> regularizer() {
        return regularizer;
    }

    private static Guidance of(Regularizer regularizer) {
        return new Guidance(Optional.of(regularizer));
    }

    private static void requireSome(int examples) {
        if (examples == 0) {
            throw new IllegalArgumentException("the scoring run has no judgments to learn from");
        }
    }

    /** The {@code perUser} pairs of the widest margins of each user, in the order they stood. */
    private static JudgedPairs widest(JudgedPairs pairs, int perUser) {
        int[] kept = IntStream.range(0, pairs.size())
                .boxed()
                .collect(java.util.stream.Collectors.groupingBy(n -> pairs.user()[n]))
                .values()
                .stream()
                .flatMap(ofUser -> ofUser.stream()
                        .sorted((a, b) -> Float.compare(pairs.margin()[b], pairs.margin()[a]))
                        .limit(perUser))
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        float[] margin = new float[kept.length];
        float[] consistency = new float[kept.length];
        for (int n = 0; n < kept.length; n++) {
            margin[n] = pairs.margin()[kept[n]];
            consistency[n] = pairs.consistency()[kept[n]];
        }
        return new JudgedPairs(
                Arrays.stream(kept).map(n -> pairs.user()[n]).toArray(),
                Arrays.stream(kept).map(n -> pairs.preferred()[n]).toArray(),
                Arrays.stream(kept).map(n -> pairs.other()[n]).toArray(),
                margin,
                consistency);
    }
}
