package dev.discern.serving.foldin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.vector.Kernels;
import dev.discern.serving.testing.TestModels;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RidgeFoldInTests {

    private static final int DIM = 8;

    private final Random random = new Random(3);
    private final EmbeddingTable users = TestModels.table(50, DIM, random);
    private final EmbeddingTable items = TestModels.table(300, DIM, random);
    private final RidgeFoldIn foldIn = new RidgeFoldIn(Kernels.scalar(), users, items);

    @Test
    void aUserIsRecognisedFromWhatTheyWouldChoose() {
        int recognised = 0;
        for (int user = 0; user < users.rows(); user++) {
            float[] folded = foldIn.vector(bestItems(user, 15));
            recognised += cosine(folded, user) > 0.7 ? 1 : 0;
        }
        assertThat(recognised).isGreaterThan(45);
    }

    @Test
    void theVectorIsAsLongAsATrainedUsersOne() {
        double mean = IntStream.range(0, users.rows())
                .mapToDouble(user -> Math.sqrt(dot(row(user), row(user))))
                .average()
                .orElseThrow();
        float[] folded = foldIn.vector(new int[] {1, 2, 3});
        assertThat(Math.sqrt(dot(folded, folded))).isCloseTo(mean, offset(1e-4));
    }

    @Test
    void theOrderOfTheSessionDoesNotMatter() {
        assertThat(foldIn.vector(new int[] {5, 9, 1}))
                .containsExactly(foldIn.vector(new int[] {1, 5, 9}), offset(1e-5f));
    }

    @Test
    void itemsThatTrainingNeverMovedGiveNoDirection() {
        RidgeFoldIn still = new RidgeFoldIn(Kernels.scalar(), users, new EmbeddingTable(3, DIM, new float[3 * DIM]));
        assertThat(still.vector(new int[] {1})).containsOnly(0);
    }

    @Test
    void isTheMinimumOfItsObjective() {
        int[] session = {4, 17, 250};
        float[] folded = foldIn.vector(session);
        // The vector is scaled; along its own direction the objective has its minimum at some length.
        double best = IntStream.rangeClosed(1, 1000)
                .mapToDouble(step -> objective(folded, step * 1e-3, session))
                .min()
                .orElseThrow();
        Random nudges = new Random(8);
        for (int trial = 0; trial < 50; trial++) {
            float[] other = folded.clone();
            for (int k = 0; k < DIM; k++) {
                other[k] += 0.2f * (float) nudges.nextGaussian();
            }
            for (int step = 1; step <= 40; step++) {
                assertThat(objective(other, step * 0.025, session)).isGreaterThanOrEqualTo(best - 1e-4);
            }
        }
    }

    /** {@code Σ_S (1 − u·q)² + w Σ_I (u·q)² + ridge ‖u‖²} of the class's Javadoc for {@code u = scale · vector}. */
    private double objective(float[] vector, double scale, int[] session) {
        double sum = 0;
        double trace = 0;
        for (int item = 0; item < items.rows(); item++) {
            float[] q = Arrays.copyOfRange(items.values(), item * DIM, (item + 1) * DIM);
            double score = scale * dot(vector, q);
            sum += score * score / items.rows();
            trace += dot(q, q) / items.rows();
        }
        for (int item : session) {
            double miss = 1 - scale * dot(vector, Arrays.copyOfRange(items.values(), item * DIM, (item + 1) * DIM));
            sum += miss * miss;
        }
        return sum + 0.1 * trace / DIM * scale * scale * dot(vector, vector);
    }

    @Test
    void repeatedItemsWeighMore() {
        float[] once = foldIn.vector(new int[] {1, 2});
        float[] often = foldIn.vector(new int[] {1, 2, 2, 2, 2, 2});
        float[] second = Arrays.copyOfRange(items.values(), 2 * DIM, 3 * DIM);
        assertThat(dot(often, second)).isGreaterThan(dot(once, second));
    }

    @Test
    void hugeAndTinyItemsGiveFiniteVectors() {
        for (float size : new float[] {1e30f, 1e-30f}) {
            float[] values = items.values().clone();
            for (int k = 0; k < values.length; k++) {
                values[k] *= size;
            }
            RidgeFoldIn scaled = new RidgeFoldIn(Kernels.best(), users, new EmbeddingTable(300, DIM, values));
            for (float value : scaled.vector(new int[] {7, 8})) {
                assertThat(value).isFinite();
            }
        }
    }

    @Test
    void anEmptySessionIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> foldIn.vector(new int[0]));
    }

    private int[] bestItems(int user, int count) {
        return IntStream.range(0, items.rows())
                .boxed()
                .sorted((a, b) -> Double.compare(score(user, b), score(user, a)))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private double score(int user, int item) {
        double score = 0;
        for (int k = 0; k < DIM; k++) {
            score += users.values()[user * DIM + k] * items.values()[item * DIM + k];
        }
        return score;
    }

    private double cosine(float[] folded, int user) {
        return dot(folded, row(user)) / Math.sqrt(dot(folded, folded) * dot(row(user), row(user)));
    }

    private float[] row(int user) {
        return Arrays.copyOfRange(users.values(), user * DIM, (user + 1) * DIM);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
