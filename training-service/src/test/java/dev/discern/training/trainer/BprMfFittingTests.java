package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.testing.PlantedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BprMfFittingTests extends FittingContract {

    @Override
    Fitting fitting(TrainingData data, TrainingParameters parameters, long seed, Guidance guidance) {
        return fitting(
                data,
                (BprMfParameters) parameters,
                1,
                seed,
                guidance,
                160); // an epoch of the small data has four parts
    }

    private static BprMfFitting fitting(
            TrainingData data, BprMfParameters parameters, int threads, long seed, Guidance guidance, int part) {
        return new BprMfFitting(data, parameters, threads, new Seeds(seed), guidance, Kernels.best(), part);
    }

    @Override
    TrainingParameters parameters(float lambda) {
        return new BprMfParameters(16, 80, 80, 2, 0.1f, 0.02f, lambda, 1, 0.01f, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 96, 608})
    void anEpochIsTheSameToTheBitHoweverItIsDivided(int part) {
        PlantedData planted = PlantedData.small();
        TrainingData data = planted.data();
        BprMfParameters parameters = (BprMfParameters) parameters(1);
        Guidance guidance = Guidance.global(planted.judgments(6).pairs(), parameters);
        Fitting whole = new BprMfFitting(data, parameters, 1, new Seeds(1), guidance, Kernels.best());
        Fitting divided = fitting(data, parameters, 1, 1, guidance, part);

        for (int epoch = 1; epoch <= 2; epoch++) {
            assertThat(divided.epoch(epoch)).isEqualTo(whole.epoch(epoch));
        }

        for (int n = 0; n < 3; n++) {
            assertThat(divided.parameters().get(n)).isEqualTo(whole.parameters().get(n));
        }
    }

    @Test
    void ofSeveralThreadsEachHasItsPlaceAndNoneTrainsTwice() {
        TrainingData data = PlantedData.small().data();
        BprMfParameters parameters = (BprMfParameters) parameters(0);
        int threads = 3;
        Fitting fitting = fitting(data, parameters, threads, 1, Guidance.none(), 64);
        Place place = Place.START;
        int parts = 0;
        Fitting.Epoch epoch = fitting.epoch(1, place);
        while (!epoch.isDone()) {
            epoch.advance();
            parts++;
            place = epoch.place();
            assertThat(place.parts()).isEqualTo(parts);
            assertThat(place.losses()).hasSize(threads);
            assertThat(place.streams()).hasSize(threads).doesNotHaveDuplicates();
            epoch = fitting.epoch(1, place);
            assertThat(epoch.place()).isEqualTo(place);
        }

        assertThat(parts).isBetween(3, 5);
        assertThat(epoch.pass().samples()).isEqualTo(data.interactions());
        assertThat(epoch.pass().loss()).isCloseTo(Math.log(2), within(0.1)); // of a model that knows next to nothing
    }
}
