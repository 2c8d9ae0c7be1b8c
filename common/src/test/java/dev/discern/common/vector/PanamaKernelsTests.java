package dev.discern.common.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.random.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast kernels against the scalar ones, at awkward sizes and offsets, with the neighbours untouched. */
class PanamaKernelsTests {

    private static final int[] ROW_COUNTS = {1, 3, 4, 13, 31, 32, 33, 65, 207};
    private static final int[] QUERY_COUNTS = {1, 3, 4, 5, 8, 13};

    private final VectorKernels scalar = new ScalarKernels();
    private final VectorKernels panama = new PanamaKernels();
    private final SplittableRandom random = new Seeds(3).random("kernels");

    @Test
    void theFastKernelsAreTheOnesThatTestsRun() {
        assertThat(Kernels.best().name()).startsWith("panama-");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 8, 13, 16, 31, 33, 63, 64, 65, 207, 702, 4098})
    void dotAndAxpyAgree(int length) {
        float[] a = gaussian(length + 5);
        float[] b = gaussian(length + 9);

        assertThat(panama.dot(a, 3, b, 7, length)).isEqualTo(scalar.dot(a, 3, b, 7, length), tolerance(length));

        float[] expected = b.clone();
        float[] found = b.clone();
        scalar.axpy(0.37f, a, 3, expected, 7, length);
        panama.axpy(0.37f, a, 3, found, 7, length);
        assertClose(found, expected, 1);
        assertThat(found[6]).isEqualTo(b[6]);
        assertThat(found[7 + length]).isEqualTo(b[7 + length]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 31, 64, 65, 207, 702})
    void scoresOfOneQueryAgree(int dim) {
        for (int rows : ROW_COUNTS) {
            float[] matrix = gaussian((rows + 2) * dim);
            float[] query = gaussian(dim + 3);
            float[] expected = new float[rows + 4];
            float[] found = new float[rows + 4];
            scalar.scores(query, 3, matrix, 2, rows, dim, expected, 3);
            panama.scores(query, 3, matrix, 2, rows, dim, found, 3);
            assertClose(found, expected, dim); // with zeros before and after
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 31, 64, 65, 207})
    void aRowScoresTheSameWhicheverRowsAreScoredWithIt(int dim) {
        float[] matrix = gaussian(13 * dim);
        float[] query = gaussian(dim);
        for (VectorKernels kernels : List.of(scalar, panama)) {
            float[] together = new float[13];
            float[] alone = new float[13];
            kernels.scores(query, 0, matrix, 0, 13, dim, together, 0);
            for (int row = 0; row < 13; row++) {
                kernels.scores(query, 0, matrix, row, 1, dim, alone, row);
            }
            assertThat(alone).isEqualTo(together); // to the bit
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 8, 9, 16, 17, 64, 100, 384})
    void scoresByCodesAgree(int dim) {
        int rows = 3 * CodeGroups.ROWS;
        for (boolean extreme : new boolean[] {false, true}) {
            byte[] codes = new byte[rows * dim];
            for (int row = 0; row < rows; row++) {
                for (int d = 0; d < dim; d++) {
                    codes[CodeGroups.index(row, d, dim)] =
                            CodeGroups.stored(row, code(CodeGroups.MAX_ROW_CODE, extreme));
                }
            }
            CodedQuery query = CodedQuery.of(queryCodes(dim, extreme), 1f / (1000 * dim));
            float[] scale = gaussian(rows);
            for (CodedRows coded :
                    List.of(new CodedRows(dim, codes, scale, gaussian(rows)), new CodedRows(dim, codes, scale, null))) {
                for (int group = 0; group < 3; group++) {
                    float[] expected = codeScores(coded, group, query);
                    for (int place : new int[] {0, 1, 20, 63}) {
                        float threshold = sorted(expected)[place]; // which one row reaches exactly
                        for (VectorKernels kernels : List.of(scalar, panama)) {
                            float[] scores = new float[CodeGroups.ROWS];
                            assertThat(kernels.reaching(coded, group, query, threshold, scores))
                                    .isEqualTo(reaching(expected, threshold));
                            assertThat(scores).isEqualTo(expected); // to the bit
                            assertThat(kernels.reaching(expected, threshold)).isEqualTo(reaching(expected, threshold));
                        }
                    }
                }
            }
        }
    }

    /** Of blocks whose absolute values sum to what they may at most; the extreme ones in one code, or with one sign. */
    private short[] queryCodes(int dim, boolean extreme) {
        short[] codes = new short[dim];
        for (int block = 0; block < dim; block += CodedQuery.BLOCK) {
            int size = Math.min(CodedQuery.BLOCK, dim - block);
            boolean oneSign = extreme && random.nextBoolean();
            for (int left = CodedQuery.MAX_SUM, d = 0; d < size; d++) {
                int most = (extreme && !oneSign) || d == size - 1 ? left : Math.min(left, CodedQuery.MAX_SUM / size);
                codes[block + d] = (short) (oneSign || random.nextBoolean() ? most : -most);
                left -= most;
            }
        }
        return codes;
    }

    @Test
    void whatIsNoNumberReachesEveryThreshold() {
        float[] offset = new float[CodeGroups.ROWS];
        offset[3] = Float.NaN;
        offset[40] = Float.NEGATIVE_INFINITY;
        offset[63] = Float.POSITIVE_INFINITY;
        CodedRows rows = new CodedRows(2, new byte[2 * CodeGroups.ROWS], new float[CodeGroups.ROWS], offset);
        CodedQuery query = CodedQuery.of(new short[2], 1);
        float[] scores = new float[CodeGroups.ROWS];
        for (VectorKernels kernels : List.of(scalar, panama)) {
            assertThat(kernels.reaching(rows, 0, query, 1, scores)).isEqualTo(1L << 3 | 1L << 63);
            assertThat(kernels.reaching(rows, 0, query, Float.NEGATIVE_INFINITY, scores))
                    .isEqualTo(-1);
            assertThat(kernels.reaching(rows, 0, query, Float.NaN, scores)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 16, 17, 64, 384})
    void aQuerysCodesAreAsLargeAsTheirSumsAllow(int dim) {
        for (float size : new float[] {1, 1e-30f, 1e30f}) {
            float[] query = gaussian(dim);
            for (int d = 0; d < dim; d++) {
                query[d] *= size;
            }
            CodedQuery coded = CodedQuery.of(query);
            int largest = 0;
            for (int d = 0; d < dim; d++) {
                assertThat(coded.step() * coded.codes()[d]).isCloseTo(query[d], within(coded.step() * 0.501f));
                int from = d / CodedQuery.BLOCK * CodedQuery.BLOCK;
                largest = Math.max(
                        largest,
                        IntStream.range(from, Math.min(from + CodedQuery.BLOCK, dim))
                                .map(other -> Math.abs(coded.codes()[other]))
                                .sum());
            }
            assertThat(largest).isBetween(CodedQuery.MAX_SUM - CodedQuery.BLOCK, CodedQuery.MAX_SUM);
        }
    }

    @Test
    void whatIsNextToZeroHasNoCodes() {
        for (float tiny : new float[] {0, Float.MIN_VALUE, 1e-40f}) {
            CodedQuery coded = CodedQuery.of(new float[] {tiny, -tiny, tiny});
            assertThat(coded.step()).isZero();
            assertThat(coded.codes()).containsOnly((short) 0);
        }
    }

    @Test
    void codesWhoseSumsCouldOverflowAreRefused() {
        short[] codes = new short[20];
        codes[17] = 200;
        codes[19] = -59;
        assertThatThrownBy(() -> CodedQuery.of(codes, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dimension 16")
                .hasMessageContaining("259");
        codes[19] = -58;
        assertThat(CodedQuery.of(codes, 1).start()).containsExactly(0, -128 * 142);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void everyCodeHasAPlaceOfItsOwn(int dim) {
        int rows = 2 * CodeGroups.ROWS;
        assertThat(IntStream.range(0, rows * dim)
                        .map(n -> CodeGroups.index(n / dim, n % dim, dim))
                        .sorted())
                .containsExactlyElementsOf(
                        IntStream.range(0, rows * dim).boxed().toList());
        for (int row : new int[] {0, 15, 16, 40, 63, 64, 80}) {
            for (int code = -CodeGroups.MAX_ROW_CODE; code <= CodeGroups.MAX_ROW_CODE; code++) {
                assertThat(CodeGroups.code(row, CodeGroups.stored(row, code))).isEqualTo(code);
            }
        }
        assertThat(CodeGroups.count(0)).isZero();
        assertThat(CodeGroups.count(64)).isOne();
        assertThat(CodeGroups.count(65)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 31, 64, 65, 207})
    void scoresOfSeveralQueriesAgree(int dim) {
        for (int rows : ROW_COUNTS) {
            for (int queryCount : QUERY_COUNTS) {
                float[] matrix = gaussian((rows + 2) * dim);
                float[] queries = gaussian((queryCount + 1) * dim);
                float[] expected = new float[queryCount * rows + 5];
                float[] found = new float[queryCount * rows + 5];
                scalar.scores(queries, 1, queryCount, matrix, 2, rows, dim, expected);
                panama.scores(queries, 1, queryCount, matrix, 2, rows, dim, found);
                assertClose(found, expected, dim); // with zeros after
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1,1,1",
        "4,16,8",
        "5,17,3",
        "3,70,300",
        "97,33,257",
        "101,1,512",
        "1,40,600",
        "64,64,64",
        "0,3,3",
        "3,3,0"
    })
    void productsAgreeInEveryLayout(int m, int n, int k) {
        float[] a = gaussian(m * k);
        float[] b = gaussian(k * n);
        float[] before = gaussian(m * n + 3);
        for (boolean transposedA : new boolean[] {false, true}) {
            for (boolean transposedB : new boolean[] {false, true}) {
                for (boolean add : new boolean[] {false, true}) {
                    float[] expected = before.clone();
                    float[] found = before.clone();
                    scalar.multiply(m, n, k, a, transposedA, b, transposedB, expected, add);
                    panama.multiply(m, n, k, a, transposedA, b, transposedB, found, add);
                    assertClose(found, expected, Math.max(1, k)); // with what stood after
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13, 16, 31, 64, 65, 207, 702, 4098})
    void adamAgrees(int length) {
        float[] gradient = gaussian(length + 5);
        float[] values = gaussian(length + 7);
        float[] first = gaussian(length + 7);
        float[] second = gaussian(length + 7);
        for (int k = 0; k < second.length; k++) {
            second[k] *= second[k];
        }
        float[] expected = values.clone();
        float[] expectedFirst = first.clone();
        float[] expectedSecond = second.clone();
        scalar.adam(gradient, 3, expected, expectedFirst, expectedSecond, 5, length, 0.9f, 0.99f, 0.1f, 1.5f, 1e-4f);
        panama.adam(gradient, 3, values, first, second, 5, length, 0.9f, 0.99f, 0.1f, 1.5f, 1e-4f);

        assertThat(values).isEqualTo(expected); // to the bit, with the neighbours: no sum is taken
        assertThat(first).isEqualTo(expectedFirst);
        assertThat(second).isEqualTo(expectedSecond);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "5,17,3", "97,33,257", "101,1,512", "193,64,40", "0,3,3"})
    void productsAreTheSameToTheBitForEveryNumberOfThreads(int m, int n, int k) {
        float[] a = gaussian(m * k);
        float[] b = gaussian(k * n);
        float[] before = gaussian(m * n);
        for (boolean transposedA : new boolean[] {false, true}) {
            for (boolean add : new boolean[] {false, true}) {
                float[] expected = before.clone();
                panama.multiply(m, n, k, a, transposedA, b, false, expected, add);
                for (int threads : new int[] {2, 3, 7}) {
                    float[] found = before.clone();
                    panama.on(threads).multiply(m, n, k, a, transposedA, b, false, found, add);
                    assertThat(found).as("%d threads", threads).isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 100})
    void everyRowIsWorkedOnOnceAndFailuresAreSeen(int rows) {
        for (int threads : new int[] {1, 2, 3, 8}) {
            AtomicIntegerArray visits = new AtomicIntegerArray(rows);
            panama.on(threads).forRows(rows, (from, to) -> {
                for (int row = from; row < to; row++) {
                    visits.incrementAndGet(row);
                }
            });
            for (int row = 0; row < rows; row++) {
                assertThat(visits.get(row)).isOne();
            }
        }
        assertThatThrownBy(() -> panama.on(2).forRows(5, (from, to) -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessageContaining("failed");
        assertThatThrownBy(() -> panama.on(0)).hasMessage("expected at least 1 thread, found 0");
    }

    @Test
    void nothingToScoreWritesNothing() {
        float[] out = {7, 7};
        panama.scores(gaussian(8), 0, gaussian(8), 0, 0, 8, out, 0);
        panama.scores(gaussian(8), 0, 0, gaussian(8), 0, 1, 8, out);
        panama.scores(gaussian(8), 0, 1, gaussian(8), 0, 0, 8, out);
        assertThat(out).containsExactly(7, 7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 16, 31, 64, 65, 207, 702, 4098})
    void pairDifferenceAndPairUpdateAgree(int dim) {
        int user = 3;
        int positive = 2 * dim + 5; // odd offsets, with a row between the two items and room around
        int negative = 1;
        float[] users = gaussian(dim + 7);
        float[] items = gaussian(3 * dim + 9);

        assertThat(panama.pairDifference(users, user, items, positive, negative, dim))
                .isEqualTo(scalar.pairDifference(users, user, items, positive, negative, dim), tolerance(dim));

        float[] expectedUsers = users.clone();
        float[] expectedItems = items.clone();
        float[] foundUsers = users.clone();
        float[] foundItems = items.clone();
        scalar.pairUpdate(expectedUsers, user, expectedItems, positive, negative, dim, 0.4f, 0.01f, 0.1f, 0.2f, 0.3f);
        panama.pairUpdate(foundUsers, user, foundItems, positive, negative, dim, 0.4f, 0.01f, 0.1f, 0.2f, 0.3f);
        assertClose(foundUsers, expectedUsers, 1);
        assertClose(foundItems, expectedItems, 1);
        assertSame(foundUsers, users, 0, user);
        assertSame(foundUsers, users, user + dim, users.length);
        assertSame(foundItems, items, 0, negative);
        assertSame(foundItems, items, negative + dim, positive);
        assertSame(foundItems, items, positive + dim, items.length);
    }

    @Test
    void pairUpdateClimbsAlongTheGradientByHand() {
        float[] users = {1, 2};
        float[] items = {3, 4, 5, 7};

        scalar.pairUpdate(users, 0, items, 0, 2, 2, 0.5f, 0.1f, 1, 2, 4);

        assertThat(users).containsExactly(new float[] {1 + 0.5f * -2 - 0.1f, 2 + 0.5f * -3 - 0.2f}, within(1e-6f));
        assertThat(items)
                .containsExactly(
                        new float[] {
                            3 + 2 * (0.5f - 0.3f), 4 + 2 * (1 - 0.4f), 5 + 4 * (-0.5f - 0.5f), 7 + 4 * (-1 - 0.7f)
                        },
                        within(1e-5f));
    }

    private int code(int most, boolean extreme) {
        return extreme ? (random.nextInt(8) == 0 ? -most : most) : random.nextInt(-most, most + 1);
    }

    /** (64) by the definition, in plain sums. */
    private static float[] codeScores(CodedRows rows, int group, CodedQuery query) {
        float[] scores = new float[CodeGroups.ROWS];
        for (int n = 0; n < CodeGroups.ROWS; n++) {
            int row = group * CodeGroups.ROWS + n;
            long sum = 0;
            for (int d = 0; d < rows.dim(); d++) {
                sum += (long) query.codes()[d] * rows.code(row, d);
            }
            float product = query.step() * sum;
            float[] offset = rows.offset();
            scores[n] =
                    offset == null ? rows.scale()[row] * product : Math.fma(rows.scale()[row], product, offset[row]);
        }
        return scores;
    }

    private static float[] sorted(float[] scores) {
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static long reaching(float[] scores, float threshold) {
        long rows = 0;
        for (int n = 0; n < scores.length; n++) {
            rows |= scores[n] >= threshold ? 1L << n : 0;
        }
        return rows;
    }

    private static Offset<Float> tolerance(int length) {
        return within(1e-5f * (float) Math.sqrt(length + 1) * 4);
    }

    private static void assertClose(float[] found, float[] expected, int length) {
        for (int k = 0; k < expected.length; k++) {
            assertThat(found[k]).as("element %d", k).isEqualTo(expected[k], tolerance(length));
        }
    }

    private static void assertSame(float[] found, float[] before, int from, int to) {
        assertThat(Arrays.copyOfRange(found, from, to)).isEqualTo(Arrays.copyOfRange(before, from, to));
    }

    private float[] gaussian(int length) {
        float[] values = new float[length];
        for (int k = 0; k < length; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return values;
    }
}
