package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.Judgments;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.evaluation.Evaluator;
import dev.discern.training.gate.CalibratedGate;
import dev.discern.training.gate.Uncertainty;
import dev.discern.training.gate.UncertaintyKind;
import dev.discern.training.testing.PlantedData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every backbone in training must do. */
abstract class FittingContract {

    private static final PlantedData PLANTED = new PlantedData(400, 80, 3);

    @TempDir
    private Path folder;

    /** A fresh fitting. */
    abstract Fitting fitting(TrainingData data, TrainingParameters parameters, long seed, Guidance guidance);

    /** Parameters that learn the planted data, with this weight of the regularizer. */
    abstract TrainingParameters parameters(float lambda);

    @Test
    void learnsThePlantedTastesAbovePopularity() {
        TrainingData data = PLANTED.data();
        double learned = fit(data, 1, Guidance.none(), "learned").validation();

        float[] bias = new float[data.items()];
        for (int item = 0; item < bias.length; item++) {
            bias[item] = data.popularity().count(item);
        }
        double popularity = Evaluator.validationNdcg(
                new DotProductModel(1, new float[data.users()], new float[data.items()], bias), data.split());
        assertThat(popularity).isGreaterThan(0.05);
        assertThat(learned).isGreaterThan(1.5 * popularity);
    }

    @Test
    void theSameSeedGivesTheSameModelToTheBit() {
        TrainingData data = PlantedData.small().data();
        TrainedModel one = fit(data, 1, Guidance.none(), "one");

        assertEqual(fit(data, 1, Guidance.none(), "same"), one);
        assertThat(fit(data, 2, Guidance.none(), "other").model().items())
                .isNotEqualTo(one.model().items());
    }

    @Test
    void aRunThatStoppedAfterAnyEpochEndsAsIfItHadNot() {
        TrainingData data = PlantedData.small().data();
        TrainedModel unbroken = fit(data, 1, Guidance.none(), "unbroken");
        for (int stopAfter : new int[] {1, 2, unbroken.epochs() - 1}) {
            String broken = "broken-" + stopAfter;
            assertThatThrownBy(() -> fit(data, 1, Guidance.none(), broken, stopAfter))
                    .isInstanceOf(TrainingStoppedException.class);

            assertEqual(fit(data, 1, Guidance.none(), broken), unbroken);
        }
    }

    @Test
    void aDozenUsersAreEnoughAndOneWithoutTrainingItemsIsNoError() {
        InteractionMatrix dozen = new PlantedData(12, 20, 1).histories();
        int[] rowStart = Arrays.copyOf(dozen.rowStart(), 14);
        rowStart[13] = rowStart[12];
        TrainingData data = TrainingData.of(new InteractionMatrix(20, rowStart, dozen.columns()));

        DotProductModel model = fit(data, 1, Guidance.none(), "dozen").model();

        assertThat(model.userCount()).isEqualTo(13);
        assertThat(model.score(12, 3, Kernels.scalar())).isFinite();
    }

    @ParameterizedTest
    @EnumSource(value = RegularizerKind.class, names = "OFF", mode = EnumSource.Mode.EXCLUDE)
    void everyRegularizerMovesTheModelAndSurvivesARestart(RegularizerKind kind) {
        PlantedData planted = PlantedData.small();
        TrainingData data = planted.data();
        TrainedModel off = fit(data, 1, Guidance.none(), "off");
        TrainedModel guided = fit(data, 1, guidance(kind, planted), "guided");

        assertThat(guided.model().items()).isNotEqualTo(off.model().items());
        assertThatThrownBy(() -> fit(data, 1, guidance(kind, planted), "broken", 2))
                .isInstanceOf(TrainingStoppedException.class);
        assertEqual(fit(data, 1, guidance(kind, planted), "broken"), guided);
    }

    /** Of every four neighbours the judge likes the less popular two. */
    @Test
    void pairsTeachWhatInteractionsDoNot() {
        TrainingData data = PLANTED.data();
        SplittableRandom random = new SplittableRandom(8);
        int size = 6 * data.users();
        int[] user = new int[size];
        int[] preferred = new int[size];
        int[] other = new int[size];
        float[] target = new float[size];
        for (int n = 0; n < size; n++) {
            user[n] = n / 6;
            preferred[n] = 4 * random.nextInt(data.items() / 4) + 2 + random.nextInt(2);
            other[n] = 4 * random.nextInt(data.items() / 4) + random.nextInt(2);
            target[n] = 0.9f;
        }
        JudgedPairs pairs = new JudgedPairs(user, preferred, other, new float[size], new float[size]);

        TrainedModel off = fit(data, 1, Guidance.none(), "off");
        TrainedModel guided = fit(data, 1, Guidance.calibrated(pairs, target, parameters(1)), "guided");

        assertThat(agreement(guided.model())).isGreaterThan(agreement(off.model()) + 0.25);
    }

    private static double agreement(DotProductModel model) {
        int agreed = 0;
        int all = 0;
        for (int user = 0; user < model.userCount(); user++) {
            for (int item = 0; item + 2 < model.itemCount(); item += 4) {
                agreed += model.difference(user, item + 2, item, Kernels.scalar()) > 0 ? 1 : 0;
                all++;
            }
        }
        return (double) agreed / all;
    }

    private Guidance guidance(RegularizerKind kind, PlantedData planted) {
        TrainingData data = planted.data();
        Judgments judgments = planted.judgments(6);
        TrainingParameters parameters = parameters(1);
        return PlantedGuidance.of(kind, planted, data, judgments, parameters, () -> gate(data, judgments));
    }

    private CalibratedGate gate(TrainingData data, Judgments judgments) {
        TrainingParameters parameters = parameters(0);
        DotProductModel off = new Trainer(fitting(data, parameters, 1, Guidance.none()), parameters)
                .warmUp(parameters.warmUpEpochs(), epoch -> {});
        return CalibratedGate.fit(
                judgments.audits(),
                data,
                off,
                Uncertainty.of(UncertaintyKind.SCORE_ENTROPY, off, null, data, new Seeds(1)),
                new Seeds(1));
    }

    final TrainedModel fit(TrainingData data, long seed, Guidance guidance, String checkpoint) {
        return fit(data, seed, guidance, checkpoint, Integer.MAX_VALUE);
    }

    private TrainedModel fit(TrainingData data, long seed, Guidance guidance, String checkpoint, int stopAfter) {
        TrainingParameters parameters = parameters(1);
        AtomicInteger epoch = new AtomicInteger();
        return new Trainer(fitting(data, parameters, seed, guidance), parameters)
                .fit(
                        folder.resolve(checkpoint),
                        "planted",
                        model -> Evaluator.validationNdcg(model, data.split()),
                        report -> epoch.set(report.epoch()),
                        () -> epoch.get() >= stopAfter);
    }

    private static void assertEqual(TrainedModel found, TrainedModel expected) {
        TestRun.assertEqual(found, expected);
        HistoryTables foundHistory = found.history();
        HistoryTables expectedHistory = expected.history();
        assertThat(foundHistory == null).isEqualTo(expectedHistory == null);
        if (foundHistory != null && expectedHistory != null) {
            assertThat(foundHistory.context().values())
                    .isEqualTo(expectedHistory.context().values());
            for (int part = 0; part < foundHistory.parts().size(); part++) {
                assertThat(foundHistory.parts().get(part).recency())
                        .isEqualTo(expectedHistory.parts().get(part).recency());
            }
        }
    }
}
