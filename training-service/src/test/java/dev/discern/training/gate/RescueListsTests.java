package dev.discern.training.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.AuditPairs;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.Judgments;
import dev.discern.training.dataset.SoftScores;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.testing.PlantedData;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RescueListsTests {

    private static final int USERS = 300;
    private static final int ITEMS = 250;

    private final TrainingData data = TrainingData.of(histories());
    private final DotProductModel model = random("model");
    private final DotProductModel encoder = random("encoder");
    private final RescueLists lists = RescueLists.of(data, model, encoder);

    @Test
    void theModelsOwnPairsAreOfItsBestAndItsRarePicks() {
        JudgedPairs asked = asked(40);
        Lesson own = lists.ofModel(asked, new Seeds(1));

        assertThat(own.pairs().user()).isEqualTo(asked.user());
        for (int n = 0; n < own.pairs().size(); n++) {
            int user = own.pairs().user()[n];
            assertThat(best(model, user, item -> true, 20)).contains(own.pairs().other()[n]);
            assertThat(picks(model, user)).contains(own.pairs().preferred()[n]);
            assertThat(own.pairs().margin()[n]).isZero();
        }
    }

    @Test
    void theHeldOutItemIsTaughtAsOftenAsAnyOfItsList() {
        JudgedPairs asked = asked(400);
        Lesson own = lists.ofModel(asked, new Seeds(1));
        int held = 0;
        double expected = 0;
        for (int n = 0; n < own.pairs().size(); n++) {
            int user = own.pairs().user()[n];
            int validation = data.split().validation()[user];
            held += own.pairs().other()[n] == validation ? 1 : 0;
            expected += contains(best(model, user, item -> true, 20), validation) ? 1 / 20.0 : 0;
        }
        assertThat(expected).isGreaterThan(100);
        assertThat((double) held).isCloseTo(expected, within(4 * Math.sqrt(expected)));
    }

    @Test
    void theExamOfTheModelsOwnPairsIsWhereTheHeldOutItemIsInAList() {
        Lesson own = lists.ofModel(asked(1), new Seeds(1));
        for (int n = 0; n < own.audits().size(); n++) {
            int user = own.audits().user()[n];
            int chosen = own.audits().chosen()[n];
            int[] best = best(model, user, item -> true, 20);
            assertThat(chosen).isEqualTo(data.split().validation()[user]);
            if (contains(best, chosen)) {
                assertThat(picks(model, user)).contains(own.audits().other()[n]);
            } else {
                assertThat(picks(model, user)).contains(chosen);
                assertThat(best).contains(own.audits().other()[n]);
            }
        }
        assertThat(own.audits().size()).isGreaterThan(300);
    }

    /** Prompts of two of the model's best, two of the encoder's picks, and one other. */
    @Test
    void theJudgesExamHoldsPairsOfTheKindThatItLabels() {
        int[] user = new int[USERS * 5];
        int[] chosen = new int[USERS * 5];
        int[] other = new int[USERS * 5];
        double[] weight = new double[USERS * 5];
        float[] margin = new float[USERS * 5];
        CandidateSource[] source = new CandidateSource[USERS * 5];
        for (int n = 0; n < user.length; n++) {
            int u = n / 5;
            user[n] = u;
            chosen[n] = data.split().validation()[u];
            source[n] =
                    n % 5 < 2 ? CandidateSource.MODEL : n % 5 < 4 ? CandidateSource.RESCUE : CandidateSource.UNIFORM;
            int[] list =
                    n % 5 < 2 ? best(model, u, item -> true, 20) : n % 5 < 4 ? picks(encoder, u) : new int[] {7, 8};
            other[n] = list[0] == chosen[n] ? list[1] : list[0];
            weight[n] = n % 5 < 2 ? 10 : n % 5 < 4 ? 15 : 250;
            margin[n] = n % 2 == 0 ? 0.5f : -0.25f;
        }
        float[] consistency = new float[user.length];
        Judgments judgments = new Judgments(
                PlantedData.NO_PAIRS,
                asked(1),
                new AuditPairs(user, chosen, other, margin, consistency, weight, source),
                new SoftScores(new int[0], new int[0], new float[0]));

        Lesson lesson = lists.judged(judgments, new Seeds(5));

        AuditPairs exam = lesson.audits();
        int inBest = 0;
        int inPicks = 0;
        for (int u = 0; u < USERS; u++) {
            int held = data.split().validation()[u];
            inBest += contains(best(model, u, item -> true, 20), held) ? 1 : 0;
            inPicks += contains(picks(encoder, u), held) ? 1 : 0;
        }
        assertThat(exam.source()).doesNotContain(CandidateSource.UNIFORM);
        assertThat(Arrays.stream(exam.source()).filter(s -> s == CandidateSource.RESCUE))
                .hasSize(2 * inBest);
        assertThat(Arrays.stream(exam.source()).filter(s -> s == CandidateSource.MODEL))
                .hasSize(2 * inPicks);
        // one in ten of the first kind and one in fifteen of the second would have been drawn, each into two pairs
        double expected = inBest / 10.0 + inPicks / 15.0;
        assertThat((lesson.pairs().size() - USERS) / 2.0).isCloseTo(expected, within(4 * Math.sqrt(expected)));
        assertThat(lesson.pairs().user()).isSorted();
        for (float pairMargin : lesson.pairs().margin()) {
            assertThat(pairMargin).isNotNegative();
        }
    }

    /** Most of what is held out is what the model would recommend. */
    private static InteractionMatrix histories() {
        SplittableRandom random = new SplittableRandom(11);
        int[] rowStart = IntStream.rangeClosed(0, USERS).map(user -> 6 * user).toArray();
        int[] columns = IntStream.range(0, USERS)
                .flatMap(user -> random.doubles()
                        .mapToInt(x -> (int) (ITEMS * x * x * x))
                        .distinct()
                        .limit(6))
                .toArray();
        return new InteractionMatrix(ITEMS, rowStart, columns);
    }

    /** Random tastes under popularity. */
    private DotProductModel random(String name) {
        SplittableRandom random = new Seeds(4).random(name);
        float[] users = new float[USERS * 4];
        float[] items = new float[ITEMS * 4];
        float[] bias = new float[ITEMS];
        for (int n = 0; n < users.length; n++) {
            users[n] = (float) random.nextGaussian();
        }
        for (int n = 0; n < items.length; n++) {
            items[n] = (float) random.nextGaussian();
        }
        for (int item = 0; item < ITEMS; item++) {
            bias[item] = (float) Math.log1p(data.popularity().count(item));
        }
        return new DotProductModel(4, users, items, bias);
    }

    private static JudgedPairs asked(int perUser) {
        int[] user = IntStream.range(0, USERS * perUser).map(n -> n / perUser).toArray();
        int[] first = new int[user.length];
        int[] second = new int[user.length];
        Arrays.fill(second, 1);
        return new JudgedPairs(user, first, second, new float[user.length], new float[user.length]);
    }

    private int[] picks(DotProductModel by, int user) {
        int[] best = best(model, user, item -> true, 20);
        return best(by, user, item -> data.popularity().isRare(item) && !contains(best, item), 30);
    }

    /** By sorting everything. */
    private int[] best(DotProductModel by, int user, java.util.function.IntPredicate rule, int limit) {
        return IntStream.range(0, ITEMS)
                .filter(item -> !data.seen().contains(user, item))
                .filter(rule)
                .boxed()
                .sorted(Comparator.comparingDouble(item -> -by.score(user, item, Kernels.best())))
                .limit(limit)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static boolean contains(int[] list, int item) {
        return Arrays.stream(list).anyMatch(listed -> listed == item);
    }
}
