package dev.discern.training.backbone.lightgcn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.testing.PlantedData;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LightGcnTests {

    /** One user with both items, one with the second alone: degrees 2, 1 and 1, 2. */
    @Test
    void oneStepIsTheMeanOfANodeAndItsNormalizedNeighbours() {
        InteractionGraph graph =
                InteractionGraph.of(new InteractionMatrix(2, new int[] {0, 2, 3}, new int[] {1, 0, 1}));
        LightGcn model = LightGcn.random(graph, 1, 1, new Seeds(1));
        float[] vectors = new float[4];

        model.propagate(new float[] {1, 2, 3, 4}, vectors, Kernels.best());

        float root = (float) Math.sqrt(0.5);
        assertThat(vectors)
                .containsExactly(
                        new float[] {
                            (1 + 3 * root + 4 / 2f) / 2, (2 + 4 * root) / 2, (3 + root) / 2, (4 + 1 / 2f + 2 * root) / 2
                        },
                        within(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 13", "3, 16", "5, 7"})
    void propagatesAsPowersOfTheDenseMatrixDo(int layers, int dim) {
        InteractionMatrix train = new PlantedData(40, 30, 4).histories();
        LightGcn model = LightGcn.random(InteractionGraph.of(train), dim, layers, new Seeds(2));
        double[][] expected = DenseGraph.mean(DenseGraph.of(train), layers, model.embeddings(), dim);
        float[] vectors = new float[model.embeddings().length];

        for (int again = 0; again < 2; again++) { // what was in the tables does not matter
            model.propagate(model.embeddings(), vectors, Kernels.best());
        }

        for (int node = 0; node < expected.length; node++) {
            for (int d = 0; d < dim; d++) {
                assertThat((double) vectors[node * dim + d]).isCloseTo(expected[node][d], within(1e-6));
            }
        }
    }

    @Test
    void usersComeBeforeItemsAndANodeWithoutEdgesKeepsItsShare() {
        InteractionGraph graph = InteractionGraph.of(new InteractionMatrix(2, new int[] {0, 1, 1}, new int[] {1}));
        LightGcn model = LightGcn.random(graph, 3, 3, new Seeds(5));

        DotProductModel vectors = model.vectors(Kernels.scalar());

        assertThat(vectors.userCount()).isEqualTo(2);
        assertThat(vectors.itemCount()).isEqualTo(2);
        assertThat(graph.node(0)).isEqualTo(2);
        for (int d = 0; d < 3; d++) {
            float both = (model.embeddings()[d] + model.embeddings()[9 + d]) / 2;
            assertThat(vectors.users()[d]).isCloseTo(both, within(1e-6f));
            assertThat(vectors.items()[3 + d]).isCloseTo(both, within(1e-6f));
            assertThat(vectors.users()[3 + d]).isEqualTo(model.embeddings()[3 + d] / 4);
            assertThat(vectors.items()[d]).isEqualTo(model.embeddings()[6 + d] / 4);
        }
    }

    @Test
    void aSeedGivesItsEmbeddings() {
        InteractionGraph graph = InteractionGraph.of(new PlantedData(100, 100, 1).histories());
        float[] embeddings = LightGcn.random(graph, 16, 1, new Seeds(1)).embeddings();

        assertThat(LightGcn.random(graph, 16, 1, new Seeds(1)).embeddings()).isEqualTo(embeddings);
        assertThat(LightGcn.random(graph, 16, 1, new Seeds(2)).embeddings()).isNotEqualTo(embeddings);
        double square = 0;
        for (float value : embeddings) {
            square += value * value;
        }
        assertThat(Math.sqrt(square / embeddings.length)).isCloseTo(0.1, within(0.005));
        assertThat(Arrays.stream(new int[] {0, 1})
                        .mapToDouble(k -> embeddings[k])
                        .distinct())
                .hasSize(2);
    }

    @Test
    void withoutALayerItWouldBeMatrixFactorization() {
        InteractionGraph graph = InteractionGraph.of(new InteractionMatrix(1, new int[] {0, 1}, new int[] {0}));
        assertThatThrownBy(() -> LightGcn.random(graph, 4, 0, new Seeds(1)))
                .hasMessage("there must be at least one layer, not 0");
    }
}
