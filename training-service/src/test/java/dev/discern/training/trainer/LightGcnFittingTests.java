package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.testing.PlantedData;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LightGcnFittingTests extends FittingContract {

    @Override
    Fitting fitting(TrainingData data, TrainingParameters parameters, long seed, Guidance guidance) {
        return new LightGcnFitting(data, (LightGcnParameters) parameters, new Seeds(seed), guidance, Kernels.best());
    }

    @Override
    TrainingParameters parameters(float lambda) {
        return parameters(30, 200, 0.02f, lambda);
    }

    private static LightGcnParameters parameters(int epochs, int batch, float learningRate, float lambda) {
        return new LightGcnParameters(16, 2, epochs, epochs, 2, batch, learningRate, 1e-4f, lambda, 0, 1, 0.01f, 3);
    }

    @Test
    void learnsTheTastes() {
        PlantedData planted = new PlantedData(400, 80, 3);

        TrainedModel trained = fit(planted.data(), 1, Guidance.none(), "tastes");

        assertThat(TestRun.tasteAccuracy(planted, trained.model())).isGreaterThan(0.9);
        assertThat(trained.model().itemBias()).containsOnly(0);
    }

    @Test
    void anEpochSeesEachInteractionOnceHoweverLargeABatchIs() {
        TrainingData data = PlantedData.small().data();
        for (int batch : new int[] {100, data.interactions(), 8192}) {
            LightGcnParameters parameters = parameters(1, batch, 1e-5f, 0);
            Fitting.Pass pass = fitting(data, parameters, 1, Guidance.none()).epoch(1);

            assertThat(pass.samples()).isEqualTo(data.interactions());
            assertThat(pass.loss()).isBetween(0.68, 0.70); // of a model that knows nothing: log 2
        }
    }

    @Test
    void withoutInteractionsThereIsNothingToLearn() {
        TrainingData empty = TrainingData.of(new InteractionMatrix(3, new int[] {0, 0}, new int[] {}));

        assertThatThrownBy(() -> fitting(empty, parameters(0), 1, Guidance.none()))
                .hasMessage("there are no interactions to train on");
    }

    @Test
    void raisesWhenItDiverges() {
        PlantedData planted = PlantedData.small();
        JudgedPairs pairs = planted.judgments(1).pairs();
        float[] targets = new float[pairs.size()];
        Arrays.fill(targets, Float.NaN);
        LightGcnParameters parameters = parameters(9, 100, 0.5f, 2);
        Guidance poisoned = Guidance.calibrated(pairs, targets, parameters);

        assertThatThrownBy(() -> new Trainer(fitting(planted.data(), parameters, 1, poisoned), parameters)
                        .warmUp(9, epoch -> {}))
                .isInstanceOf(DivergenceException.class)
                .hasMessage("training diverged in epoch 1: the embeddings of users and items are no longer finite,"
                        + " first in row 0 of 150 (learningRate 0.5, lambda 2.0); lower one of them");
    }
}
