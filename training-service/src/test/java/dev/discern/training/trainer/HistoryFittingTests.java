package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.history.Histories;
import dev.discern.training.backbone.history.HistoryModel;
import dev.discern.training.backbone.history.HistoryVectors;
import dev.discern.training.backbone.history.TextFeatures;
import dev.discern.training.backbone.history.UserTower;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.testing.PlantedData;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistoryFittingTests extends FittingContract {

    private static final int DIM = 16;
    private static final int CONTENT = 8;

    @Override
    Fitting fitting(TrainingData data, TrainingParameters parameters, long seed, Guidance guidance) {
        return fitting(data, text(data.items()), (HistoryParameters) parameters, seed, guidance);
    }

    private static HistoryFitting fitting(
            TrainingData data, TextFeatures text, HistoryParameters parameters, long seed, Guidance guidance) {
        return new HistoryFitting(data, text, parameters, new Seeds(seed), guidance, Kernels.best());
    }

    @Override
    TrainingParameters parameters(float lambda) {
        return new HistoryParameters(DIM, CONTENT, 12, 64, 64, 0.02f, 0.1f, 0.1f, 0, 4, lambda, 0, 1, 1, 1, 1, 0.1f, 3);
    }

    /** Texts that tell nothing. */
    private static TextFeatures text(int items) {
        SplittableRandom random = new SplittableRandom(9);
        float[][] vectors = new float[items][24];
        for (float[] vector : vectors) {
            for (int d = 0; d < vector.length; d++) {
                vector[d] = (float) random.nextGaussian();
            }
        }
        return TextFeatures.of(vectors, DIM, CONTENT);
    }

    @Test
    void theTablesMakeTheVectorThatATrainingHistoryGave() {
        TrainingData data = PlantedData.small().data();
        TrainedModel trained = fit(data, 1, Guidance.none(), "trained");
        HistoryTables history = trained.history();

        assertThat(history).isNotNull();
        assertThat(HistoryVectors.of(data.split().train(), history, Kernels.scalar()))
                .containsExactly(trained.model().users(), within(1e-5f));
    }

    @Test
    void theTablesSeeUsersAsTheTowerInTrainingDoes() {
        TrainingData data = new PlantedData(10, 300, 2).data();
        HistoryModel model = HistoryModel.random(300, text(300), new Seeds(1));
        InteractionMatrix histories = data.split().train();
        Histories batch = new Histories(10);
        UserTower tower = new UserTower(model, 10, Kernels.best());
        for (int user = 0; user < 10; user++) {
            batch.put(user, histories, user);
        }
        tower.forward(batch, 10);

        float[] encoded = HistoryVectors.of(histories, model.tables(Kernels.best()), Kernels.best());

        for (int user = 0; user < 10; user++) {
            for (int d = 0; d < DIM + CONTENT; d++) {
                float expected = d < DIM ? tower.unit()[user * DIM + d] : tower.content()[user * CONTENT + d - DIM];
                assertThat(encoded[user * (DIM + CONTENT) + d]).isCloseTo(expected, within(1e-5f));
            }
        }
    }

    @Test
    void theModelIsTheSameToTheBitForEveryNumberOfThreads() {
        PlantedData planted = PlantedData.small();
        TrainingData data = planted.data();
        HistoryParameters parameters = (HistoryParameters) parameters(1);
        Guidance guidance = Guidance.global(planted.judgments(6).pairs(), parameters);

        List<float[]> expected = trained(data, parameters, guidance, 1);

        for (int threads : new int[] {2, 3}) {
            List<float[]> found = trained(data, parameters, guidance, threads);
            for (int n = 0; n < expected.size(); n++) {
                assertThat(found.get(n)).isEqualTo(expected.get(n));
            }
        }
    }

    private static List<float[]> trained(
            TrainingData data, HistoryParameters parameters, Guidance guidance, int threads) {
        Fitting fitting = new HistoryFitting(
                data,
                text(data.items()),
                parameters,
                new Seeds(1),
                guidance,
                Kernels.best().on(threads));
        fitting.epoch(1);
        fitting.epoch(2);
        return fitting.parameters();
    }

    @Test
    void learnsFromIdsAloneWhereThereIsNoText() {
        PlantedData planted = new PlantedData(400, 80, 3);
        HistoryParameters parameters = (HistoryParameters) parameters(0);

        DotProductModel model = new Trainer(
                        fitting(planted.data(), TextFeatures.none(80, DIM, CONTENT), parameters, 1, Guidance.none()),
                        parameters)
                .warmUp(parameters.epochs(), epoch -> {});

        assertThat(TestRun.tasteAccuracy(planted, model)).isGreaterThan(0.8);
    }

    @Test
    void withoutAnyHistoryThereIsNothingToLearn() {
        TrainingData single = TrainingData.of(new InteractionMatrix(3, new int[] {0, 1, 2}, new int[] {0, 2}));

        assertThatThrownBy(() -> fitting(single, parameters(0), 1, Guidance.none()))
                .hasMessage("no user has two training items, so there is nothing that follows a history;"
                        + " train bpr-mf instead");
    }

    @Test
    void raisesWhenItDiverges() {
        HistoryParameters wild =
                new HistoryParameters(DIM, CONTENT, 9, 256, 64, 10, 0, 0, 0, 4, 100, 0, 1, 1, 1, 1, 0.1f, 3);
        PlantedData planted = PlantedData.small();
        JudgedPairs pairs = planted.judgments(1).pairs();
        float[] targets = new float[pairs.size()];
        Arrays.fill(targets, Float.NaN);
        Guidance poisoned = Guidance.calibrated(pairs, targets, wild);

        assertThatThrownBy(() -> new Trainer(fitting(planted.data(), wild, 1, poisoned), wild).warmUp(9, epoch -> {}))
                .isInstanceOf(DivergenceException.class)
                .hasMessageMatching(
                        "training diverged in epoch 1: the [a-z' ]+ are no longer finite(, first in row \\d+ of \\d+)?"
                                + " \\(learningRate 10.0, lambda 100.0\\); lower one of them");
    }
}
