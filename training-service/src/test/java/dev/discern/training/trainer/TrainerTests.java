package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.evaluation.Evaluator;
import dev.discern.training.testing.PlantedData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTests {

    private static final BprMfParameters FIVE_EPOCHS = new BprMfParameters(8, 5, 5, 2, 0.1f, 0.02f, 1, 1, 0.01f, 3);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(RegularizerKind.class)
    void theSameSeedGivesTheSameModelToTheBit(RegularizerKind kind) {
        TrainedModel one = TestRun.of(kind, FIVE_EPOCHS).fit(folder.resolve("one"));
        TrainedModel same = TestRun.of(kind, FIVE_EPOCHS).fit(folder.resolve("same"));
        TrainedModel other = TestRun.of(kind, FIVE_EPOCHS).seed(2).fit(folder.resolve("other"));

        TestRun.assertEqual(same, one);
        assertThat(other.model().items()).isNotEqualTo(one.model().items());
    }

    @ParameterizedTest
    @EnumSource(RegularizerKind.class)
    void scalarAndVectorKernelsTrainAlike(RegularizerKind kind) {
        DotProductModel vector =
                TestRun.of(kind, FIVE_EPOCHS).fit(folder.resolve("vector")).model();
        DotProductModel scalar = TestRun.of(kind, FIVE_EPOCHS)
                .kernels(Kernels.scalar())
                .fit(folder.resolve("scalar"))
                .model();

        assertThat(vector.users()).containsExactly(scalar.users(), within(2e-3f));
        assertThat(vector.items()).containsExactly(scalar.items(), within(2e-3f));
        assertThat(vector.itemBias()).containsExactly(scalar.itemBias(), within(2e-3f));
    }

    @ParameterizedTest
    @EnumSource(value = RegularizerKind.class, names = "OFF", mode = EnumSource.Mode.EXCLUDE)
    void everyRegularizerMovesTheModel(RegularizerKind kind) {
        assertThat(TestRun.of(kind, FIVE_EPOCHS)
                        .fit(folder.resolve("with"))
                        .model()
                        .items())
                .isNotEqualTo(TestRun.of(RegularizerKind.OFF, FIVE_EPOCHS)
                        .fit(folder.resolve("without"))
                        .model()
                        .items());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void learnsThePlantedTastes(int threads) {
        BprMfParameters parameters = new BprMfParameters(16, 80, 80, 2, 0.1f, 0.02f, 1, 1, 0.01f, 3);
        PlantedData planted = new PlantedData(400, 80, 3);

        double learned = TestRun.of(planted, RegularizerKind.OFF, parameters)
                .threads(threads)
                .fit(folder.resolve("learned"))
                .validation();

        double popularity = popularity(planted.data());
        assertThat(popularity).isGreaterThan(0.05);
        assertThat(learned).isGreaterThan(1.5 * popularity);
    }

    @Test
    void theRegularizerTeachesWhatTheJudgeKnowsAndInteractionsDoNot() {
        PlantedData planted = new PlantedData(400, 80, 3);
        BprMfParameters few = new BprMfParameters(16, 20, 20, 2, 0.1f, 0.02f, 1, 1, 0.01f, 3);

        DotProductModel gated = TestRun.of(planted, RegularizerKind.GATED, few)
                .fit(folder.resolve("gated"))
                .model();
        DotProductModel off = TestRun.of(planted, RegularizerKind.OFF, few)
                .fit(folder.resolve("off"))
                .model();

        assertThat(TestRun.tasteAccuracy(planted, gated)).isGreaterThan(TestRun.tasteAccuracy(planted, off) + 0.2);
    }

    @Test
    void stopsWhenNothingGetsBetterAndKeepsTheBestModel() {
        BprMfParameters patient = new BprMfParameters(8, 100, 3, 2, 0.1f, 0.02f, 1, 1, 0.01f, 3);
        List<float[]> seen = new ArrayList<>();
        double[] metrics = {0.1, 0.3, 0.2, 0.3, 0.1};

        TrainedModel trained = TestRun.of(RegularizerKind.OFF, patient).fit(folder.resolve("best"), model -> {
            seen.add(model.items().clone());
            return metrics[seen.size() - 1];
        });

        assertThat(trained.bestEpoch()).isEqualTo(2);
        assertThat(trained.epochs()).isEqualTo(5);
        assertThat(trained.validation()).isEqualTo(0.3);
        assertThat(trained.model().items()).isEqualTo(seen.get(1));
    }

    @Test
    void reportsTheMeanLossWhateverTheSize() {
        List<EpochReport> reports = new ArrayList<>();

        TestRun.of(new PlantedData(3, 20, 1), RegularizerKind.OFF, FIVE_EPOCHS)
                .trainer()
                .warmUp(1, reports::add);

        // A fresh model knows nothing: log 2 a sample, and a handful of samples is less than one look in 64.
        assertThat(reports.get(0).loss()).isEqualTo(Math.log(2), within(0.05));
    }

    @Test
    void raisesWhenItDiverges() {
        BprMfParameters wild = new BprMfParameters(8, 50, 50, 50, 10, 0, 100, 1, 0.01f, 3);
        List<EpochReport> reports = new ArrayList<>();

        assertThatThrownBy(() -> TestRun.of(RegularizerKind.POINTWISE, wild)
                        .listener(reports::add)
                        .fit(folder.resolve("wild")))
                .isInstanceOf(DivergenceException.class)
                .hasMessageMatching(
                        "training diverged in epoch \\d+: the (user|item) (vectors|biases) are no longer finite,"
                                + " first in row \\d+ of \\d+ \\(learningRate 10.0, lambda 100.0\\); lower one of them");
        assertThatThrownBy(() ->
                        TestRun.of(RegularizerKind.POINTWISE, wild).trainer().warmUp(50, reports::add))
                .isInstanceOf(DivergenceException.class);
    }

    @Test
    void refusesToTrainOnNothing() {
        TrainingData nothing =
                TrainingData.of(new dev.discern.common.data.InteractionMatrix(3, new int[2], new int[0]));
        assertThatThrownBy(() -> new BprMfFitting(
                        nothing,
                        FIVE_EPOCHS,
                        1,
                        new dev.discern.common.random.Seeds(1),
                        Guidance.none(),
                        Kernels.best()))
                .hasMessage("there are no interactions to train on");
    }

    private static double popularity(TrainingData data) {
        float[] bias = new float[data.items()];
        for (int item = 0; item < bias.length; item++) {
            bias[item] = data.popularity().count(item);
        }
        return Evaluator.validationNdcg(
                new DotProductModel(1, new float[data.users()], new float[data.items()], bias), data.split());
    }
}
