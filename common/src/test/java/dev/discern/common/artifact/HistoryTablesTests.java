package dev.discern.common.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.artifact.HistoryTables.Part;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector of a history against the equation written out, and what is no such table. */
class HistoryTablesTests {

    private static final int ITEMS = 40;
    private static final int AT = 5;

    private final SplittableRandom random = new Seeds(5).random("history");
    private final VectorKernels kernels = Kernels.best();

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 2, 2", "13, 7, 5", "64, 33, 50", "256, 128, 50"})
    void theVectorIsThatOfTheEquation(int first, int second, int depth) {
        HistoryTables tables =
                new HistoryTables(table(first + second), List.of(part(first, 1, depth), part(second, 0.3f, depth)));
        for (int length : new int[] {1, 2, depth, depth + 1, 3 * depth}) {
            int[] items = random.ints(length + 4, 0, ITEMS).toArray();
            float[] out = new float[AT + first + second + 1];
            Arrays.fill(out, 7); // what was there before does not count

            tables.vector(items, 3, 3 + length, kernels, out, AT);

            float[] expected = naive(tables, Arrays.copyOfRange(items, 3, 3 + length));
            assertThat(Arrays.copyOfRange(out, AT, AT + first + second)).containsExactly(expected, within(1e-5f));
            assertThat(out[AT - 1]).isEqualTo(7);
            assertThat(out[AT + first + second]).isEqualTo(7);
        }
    }

    @Test
    void byHand() {
        EmbeddingTable context = new EmbeddingTable(2, 3, new float[] {3, 0, 5, 0, 8, -1});
        HistoryTables tables = new HistoryTables(
                context, List.of(new Part(2, 1, new float[] {1, 0.5f}), new Part(1, 2, new float[] {1, 0.5f})));

        // item 0 is the newest: [3, 0] + ½ [0, 8] = [3, 4], and 5 − ½ > 0
        assertThat(vector(tables, 1, 0)).containsExactly(new float[] {0.6f, 0.8f, 2}, within(1e-6f));
        // K = 2 forgets the oldest
        assertThat(vector(tables, 1, 1, 1, 0)).isEqualTo(vector(tables, 1, 0));
        // item 1 is the newest: −1 + 2½ > 0
        assertThat(vector(tables, 0, 1))
                .containsExactly(
                        new float[] {1.5f / (float) Math.hypot(1.5, 8), 8 / (float) Math.hypot(1.5, 8), 2},
                        within(1e-6f));
    }

    @Test
    void nothingAndWhatCancelsOutStayZero() {
        EmbeddingTable context = new EmbeddingTable(2, 2, new float[] {1, 2, 1, 3});
        HistoryTables tables = new HistoryTables(
                context, List.of(new Part(1, 1, new float[] {1, -1}), new Part(1, 1, new float[] {1, -1})));

        assertThat(vector(tables)).containsExactly(0, 0);
        assertThat(vector(tables, 1, 0)).containsExactly(0, -1);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.MIN_VALUE, 1e-30f, 1e30f, Float.MAX_VALUE})
    void lengthsWhoseSquaresAreNoFloat(float value) {
        HistoryTables tables = new HistoryTables(
                new EmbeddingTable(1, 2, new float[] {value, value}), List.of(new Part(2, 1, new float[] {1})));
        assertThat(vector(tables, 0))
                .containsExactly(new float[] {(float) Math.sqrt(0.5), (float) Math.sqrt(0.5)}, within(1e-6f));
    }

    @Test
    void partsThatDoNotFit() {
        EmbeddingTable context = table(5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistoryTables(context, List.of(part(3, 1, 4), part(1, 1, 4))))
                .withMessage("the lengths of the history's parts: expected a sum of 5, found 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistoryTables(context, List.of()))
                .withMessage("the lengths of the history's parts: expected a sum of 5, found 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistoryTables(context, List.of(part(3, 1, 4), part(2, 1, 3))))
                .withMessage("the recencies of a history: expected 4 in each part, found 3");
        assertThatIllegalArgumentException().isThrownBy(() -> part(0, 1, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> part(-1, 1, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> part(1, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> part(1, Float.NaN, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Part(1, 1, new float[] {1, Float.POSITIVE_INFINITY}))
                .withMessage("a recency of Infinity");
    }

    private float[] vector(HistoryTables tables, int... itemsOldestFirst) {
        float[] out = new float[tables.context().dim()];
        tables.vector(itemsOldestFirst, 0, itemsOldestFirst.length, kernels, out, 0);
        return out;
    }

    /** As the equation says, in double. */
    private static float[] naive(HistoryTables tables, int[] itemsOldestFirst) {
        List<Integer> h = Arrays.stream(itemsOldestFirst).boxed().toList().reversed();
        List<Double> u = new ArrayList<>();
        for (Part part : tables.parts()) {
            int first = u.size();
            double[] sum = new double[part.length()];
            for (int k = 0; k < Math.min(h.size(), part.recency().length); k++) {
                for (int d = 0; d < part.length(); d++) {
                    sum[d] += (double) part.recency()[k]
                            * tables.context()
                                    .values()[h.get(k) * tables.context().dim() + first + d];
                }
            }
            double norm = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
            for (double x : sum) {
                u.add(part.gain() * x / norm);
            }
        }
        float[] vector = new float[u.size()];
        for (int d = 0; d < vector.length; d++) {
            vector[d] = u.get(d).floatValue();
        }
        return vector;
    }

    private Part part(int length, float gain, int depth) {
        return new Part(length, gain, gaussian(depth));
    }

    private EmbeddingTable table(int dim) {
        return new EmbeddingTable(ITEMS, dim, gaussian(ITEMS * dim));
    }

    private float[] gaussian(int length) {
        float[] values = new float[length];
        for (int k = 0; k < length; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return values;
    }
}
