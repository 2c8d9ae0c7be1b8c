package dev.discern.serving.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.vector.Kernels;
import dev.discern.serving.live.LiveData;
import dev.discern.serving.testing.TestModels;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServingModelTests {

    private final Artifact artifact = TestModels.random("v1", 1);
    private final ServingModel model = ServingModels.of(artifact);

    @Test
    void popularityCountsUsersAndTiesKeepTheOrderOfIndex() {
        int[] counts = artifact.seen().columnCounts();
        assertThat(IntStream.range(0, 60).map(model::popularity)).containsExactly(boxed(counts));
        int[] order = model.trending(new LiveData()).items().toArray();
        assertThat(order).hasSize(60).doesNotHaveDuplicates();
        for (int place = 1; place < order.length; place++) {
            int before = counts[order[place - 1]];
            int here = counts[order[place]];
            assertThat(before > here || (before == here && order[place - 1] < order[place]))
                    .isTrue();
        }
    }

    @Test
    void directionsHaveLengthOneAndTheirItemsDirection() {
        float[] values = artifact.items().values();
        int dim = artifact.items().dim();
        double norm = Math.sqrt(IntStream.range(0, dim)
                .mapToDouble(k -> (double) values[3 * dim + k] * values[3 * dim + k])
                .sum());
        for (int k = 0; k < dim; k++) {
            assertThat((double) model.direction(3)[k]).isCloseTo(values[3 * dim + k] / norm, offset(1e-6));
        }
    }

    @Test
    void aVectorThatIsHandedOutMayBeChangedWithoutHarm() {
        model.trainedVector(2)[0] = 1000;
        model.direction(2)[0] = 1000;
        assertThat(model.trainedVector(2)[0]).isLessThan(100);
        assertThat(model.direction(2)[0]).isLessThan(100);
    }

    @Test
    void whatAUserHasIsInItsOrder() {
        assertThat(model.had(4)).isEqualTo(artifact.seen().row(4));
        assertThat(model.had(4)).isNotEqualTo(artifact.seen().sorted().row(4));
    }

    @Test
    void aTrainedVectorIsTheTables() {
        int dim = artifact.users().dim();
        assertThat(model.trainedVector(3))
                .isEqualTo(Arrays.copyOfRange(artifact.users().values(), 3 * dim, 4 * dim));
    }

    @Test
    void aHistoryIsFoldedInByItsTables() {
        Artifact history = TestModels.randomHistory("v1", 1);
        float[] expected = new float[history.manifest().dim()];
        Objects.requireNonNull(history.history()).vector(history.seen().row(3), 0, 5, Kernels.best(), expected, 0);

        assertThat(ServingModels.of(history).foldIn(history.seen().row(3))).isEqualTo(expected);
    }

    private static Integer[] boxed(int[] values) {
        return IntStream.of(values).boxed().toArray(Integer[]::new);
    }
}
