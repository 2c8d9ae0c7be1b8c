package dev.discern.serving.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.vector.CodedQuery;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import dev.discern.serving.testing.TestModels;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizedTopKIndexTests {

    private static final ScanThreads ONE = ScanThreads.upTo(1);

    @Nested
    class WithScalarKernels extends ExactTopKIndexContract {

        @Override
        TopKIndex index(ScoredItems items) {
            return new QuantizedTopKIndex(Kernels.scalar(), items, ONE);
        }
    }

    @Nested
    class WithTheBestKernels extends ExactTopKIndexContract {

        @Override
        TopKIndex index(ScoredItems items) {
            return new QuantizedTopKIndex(Kernels.best(), items, ONE);
        }
    }

    /** Rows of very different lengths, repeated ones, zeros, and such as leave the range of floats. */
    @ParameterizedTest
    @CsvSource({"1, 1", "63, 3", "65, 17", "3000, 3", "5000, 64", "3001, 100", "1500, 384"})
    void answersAreThoseOfTheFloatsToTheBit(int size, int dim) {
        for (int seed = 0; seed < 6; seed++) {
            Random random = new Random(seed);
            EmbeddingTable items = awkward(size, dim, seed, random);
            float[] bias = TestModels.table(size, 1, random).values();
            if (seed == 2) {
                scale(bias, 0, size, 1e30f);
            }
            for (ScoredItems scored : new ScoredItems[] {ScoredItems.byDot(items, bias), ScoredItems.byCosine(items)}) {
                requireSame(scored, seed, random);
            }
        }
    }

    private static void requireSame(ScoredItems scored, int seed, Random random) {
        int size = scored.table().rows();
        int dim = scored.table().dim();
        for (VectorKernels kernels : new VectorKernels[] {Kernels.best(), Kernels.scalar()}) {
            TopKIndex exact = new ExactTopKIndex(kernels, scored, ONE);
            TopKIndex quantized = new QuantizedTopKIndex(kernels, scored, ONE);
            TopKIndex threaded = new QuantizedTopKIndex(kernels, scored, new ScanThreads(3, 1));
            for (int trial = 0; trial < 6; trial++) {
                float[] query = TestModels.table(1, dim, random).values();
                if (trial == 1) {
                    Arrays.fill(query, 0);
                } else if (trial == 2) {
                    scale(query, 0, dim, seed % 2 == 0 ? 1e30f : 1e-42f);
                }
                int percent = new int[] {100, 50, 100, 3, 0, 100}[trial];
                int salt = random.nextInt();
                ItemMask mask = Masks.exactly(size, item -> Math.floorMod((item + salt) * 0x9E3779B9, 100) < percent);
                int k = new int[] {10, 20, 3, 10, 5, size + 1}[trial];
                TopK expected = exact.search(query, k, mask);
                for (TopKIndex index : new TopKIndex[] {quantized, threaded}) {
                    TopK found = index.search(query, k, mask);
                    assertThat(found.items()).as("trial %d", trial).isEqualTo(expected.items());
                    assertThat(found.scores()).as("trial %d", trial).isEqualTo(expected.scores());
                }
            }
        }
    }

    private static EmbeddingTable awkward(int size, int dim, int seed, Random random) {
        EmbeddingTable items = TestModels.table(size, dim, random);
        for (int item = 0; item < size; item++) {
            int from = item * dim;
            switch (random.nextInt(seed == 0 ? 1000 : 12)) {
                case 0 -> Arrays.fill(items.values(), from, from + dim, 0);
                case 1 -> scale(items.values(), from, dim, (float) Math.exp(random.nextGaussian() * 3));
                case 2 -> System.arraycopy(items.values(), 0, items.values(), from, dim);
                case 3 -> scale(items.values(), from, dim, seed == 3 ? Float.MAX_VALUE / 8 : 1e-3f);
                case 4 -> scale(items.values(), from, dim, seed == 4 ? 1e-40f : 1e3f);
                case 5 -> items.values()[from + random.nextInt(dim)] = seed == 5 ? 1e19f : 30;
                default -> {} // as it is
            }
        }
        return items;
    }

    private static void scale(float[] values, int from, int length, float factor) {
        for (int k = from; k < from + length; k++) {
            values[k] *= factor;
        }
    }

    /** Vectors that their codes hold exactly: the bound is that of the rounding alone, and ties abound. */
    @Test
    void whereCodesAreExactOnlyRoundingIsBetweenThemAndTheFloats() {
        Random random = new Random(3);
        EmbeddingTable items = TestModels.table(4000, 40, random);
        for (int k = 0; k < items.values().length; k++) {
            items.values()[k] = k % 40 == 7 ? 127 : random.nextInt(-127, 128);
        }
        ScoredItems scored = ScoredItems.byDot(items, new float[4000]);
        TopKIndex quantized = new QuantizedTopKIndex(Kernels.best(), scored, ONE);
        TopKIndex exact = new ExactTopKIndex(Kernels.best(), scored, ONE);
        for (int trial = 0; trial < 20; trial++) {
            float[] query = new float[40];
            int sum = 0;
            for (int d = 1; d < 40; d++) {
                query[d] = random.nextInt(-15, 16);
                sum += d < CodedQuery.BLOCK ? (int) Math.abs(query[d]) : 0;
            }
            query[0] = CodedQuery.MAX_SUM - CodedQuery.BLOCK / 2 - sum; // the largest block: with it the step is 1
            assertThat(QueryCodes.of(query).rest()).isZero();
            assertThat(quantized.search(query, 30, ItemMask.ALL).items())
                    .isEqualTo(exact.search(query, 30, ItemMask.ALL).items());
            float worst = exact.search(query, 30, ItemMask.ALL).scores()[29];
            assertThat(left(new CodedScores(scored, ItemCodes.of(items)), query, 4000, worst))
                    .isBetween(30L, 40L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 64, 384})
    void scoresAreWithinTheirBoundsAndLittleButTheBestIsLeft(int dim) {
        Random random = new Random(dim);
        int size = 6400;
        EmbeddingTable items = TestModels.table(size, dim, random);
        ScoredItems scored =
                ScoredItems.byDot(items, TestModels.table(size, 1, random).values());
        CodedScores codes = new CodedScores(scored, ItemCodes.of(items));
        ExactTopKIndex exact = new ExactTopKIndex(Kernels.best(), scored, ONE);
        for (int trial = 0; trial < 5; trial++) {
            float[] query = TestModels.table(1, dim, random).values();
            TopK all = exact.search(query, size, ItemMask.ALL);
            QueryCodes coded = QueryCodes.of(query);
            float[] scores = new float[64];
            for (int place = 0; place < size; place++) {
                int item = all.items()[place];
                Kernels.best().reaching(codes.rows(), item / 64, coded.coded(), 0, scores);
                assertThat(Math.abs((double) scores[item % 64] - all.scores()[place]))
                        .isLessThanOrEqualTo(codes.bound(coded, item / 64));
            }
            assertThat(left(codes, query, size, all.scores()[9])).isBetween(10L, 120L);
        }
    }

    /** How many items have an upper bound above this score. */
    private static long left(CodedScores codes, float[] query, int size, float worst) {
        QueryCodes coded = QueryCodes.of(query);
        return IntStream.range(0, Math.ceilDiv(size, 64))
                .mapToLong(group -> Long.bitCount(Kernels.best()
                        .reaching(
                                codes.rows(),
                                group,
                                coded.coded(),
                                (float) (worst - codes.bound(coded, group)),
                                new float[64])))
                .sum();
    }

    /** Vectors of which codes tell nothing: all are candidates to the end. */
    @Test
    void itemsThatAreAllAlikeKeepTheirOrder() {
        Random random = new Random(8);
        float[] one = TestModels.table(1, 30, random).values();
        float[] values = new float[20_000 * 30];
        for (int k = 0; k < values.length; k++) {
            values[k] = one[k % 30] * (k / 30 % 7 == 3 ? 1 + 1e-6f * random.nextFloat() : 1);
        }
        ScoredItems scored = ScoredItems.byDot(new EmbeddingTable(20_000, 30, values), new float[20_000]);
        for (int k : new int[] {1, 10, 500}) {
            assertThat(new QuantizedTopKIndex(Kernels.best(), scored, ONE)
                            .search(one, k, ItemMask.ALL)
                            .items())
                    .isEqualTo(new ExactTopKIndex(Kernels.best(), scored, ONE)
                            .search(one, k, ItemMask.ALL)
                            .items());
        }
    }

    @Test
    void cosinesShareTheCodes() {
        Random random = new Random(6);
        EmbeddingTable items = TestModels.table(3000, 20, random);
        QuantizedTopKIndex index =
                new QuantizedTopKIndex(Kernels.best(), ScoredItems.byDot(items, new float[3000]), ONE);
        float[] query = TestModels.table(1, 20, random).values();
        assertThat(index.byCosine().search(query, 20, ItemMask.ALL).items())
                .isEqualTo(new ExactTopKIndex(Kernels.best(), ScoredItems.byCosine(items), ONE)
                        .search(query, 20, ItemMask.ALL)
                        .items());
    }

    @Test
    void smallCatalogsKeepTheFloats() {
        EmbeddingTable small = TestModels.table(1000, 4, new Random(1));
        EmbeddingTable large = TestModels.table(2000, 4, new Random(1));
        assertThat(CatalogIndexes.of(Kernels.best(), small, new float[1000], ONE, 0)
                        .byScore()
                        .name())
                .isEqualTo("exact");
        CatalogIndexes indexes = CatalogIndexes.of(Kernels.best(), large, new float[2000], ONE, 0);
        assertThat(indexes.byScore().name()).isEqualTo("int8");
        assertThat(indexes.byCosine().name()).isEqualTo("int8");
        assertThat(CatalogIndexes.of(Kernels.scalar(), large, new float[2000], ONE, 0)
                        .byScore()
                        .name())
                .isEqualTo("exact");
    }
}
