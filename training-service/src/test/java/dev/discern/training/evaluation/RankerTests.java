package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.random.Seeds;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.DotProductScorer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankerTests {

    /** One user with history 0, 1 and test item 2 in a catalogue of six. */
    private final Task task =
            Task.test(TemporalSplit.leaveLastTwoOut(new InteractionMatrix(6, new int[] {0, 3}, new int[] {0, 1, 2})));

    @Test
    void equalScoresShareTheMiddleOfTheirRanks() {
        Ranking ranks = rank(10, 9, 8, 5, 7, 5, 5); // 7, 5, 5, 5: ranks 2 to 4

        assertThat(ranks.rank()).containsExactly(3);
        assertThat(ranks.candidates()).containsExactly(4);
    }

    @Test
    void usersOwnItemsAreNotRankedHoweverHighTheyScore() {
        assertThat(rank(10, 100, 100, 1, 0, 0, 0).rank()).containsExactly(1);
    }

    @Test
    void topListsAreBestFirstEqualOnesByItemAndEndWithTheCatalogue() {
        assertThat(rank(10, 9, 8, 5, 7, 5, 6).top()[0]).containsExactly(3, 5, 2, 4);
        assertThat(rank(2, 9, 8, 5, 7, 5, 6).top()[0]).containsExactly(3, 5);
    }

    @Test
    void theScreenLeavesNobodyOutWhoHasTheItemAmongTheFirst() {
        int users = 300;
        int items = 3_000;
        SplittableRandom random = new Seeds(5).random("screen");
        int[] rowStart = IntStream.rangeClosed(0, users).map(user -> user * 12).toArray();
        int[] columns = IntStream.range(0, users)
                .flatMap(user -> random.ints(0, items).distinct().limit(12))
                .toArray();
        TemporalSplit split = TemporalSplit.leaveLastTwoOut(new InteractionMatrix(items, rowStart, columns));
        Task validation = Task.validation(split);
        DotProductModel model = modelThatKnows(split.validation(), items, random);
        DotProductScorer scorer = DotProductScorer.of(model);

        Task remaining = new Screen(scorer, validation, 10).remaining();

        double[] rank = new Ranker(scorer, validation, 0).rank().rank();
        int[] first = IntStream.range(0, users).filter(n -> rank[n] <= 10).toArray();
        assertThat(first).hasSizeBetween(10, users - 10);
        assertThat(remaining.users()).contains(first).hasSizeLessThan(users);
        double ndcg = Arrays.stream(rank)
                .map(r -> Metric.NDCG_10.of(r, items))
                .average()
                .orElseThrow();
        assertThat(Evaluator.validationNdcg(model, split)).isEqualTo(ndcg);
        assertThat(Evaluator.validationNdcg(scorer, split)).isEqualTo(ndcg);
    }

    @Test
    void aScoreThatIsNoNumberIsRefusedNotRanked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rank(10, 1, 1, Float.NaN, 1, 1, 1))
                .withMessageContaining("item 2 for user 0, found NaN");
    }

    private static DotProductModel modelThatKnows(int[] targets, int items, SplittableRandom random) {
        int dim = 8;
        float[] itemTable = gaussian(items * dim, random);
        float[] userTable = gaussian(targets.length * dim, random);
        for (int user = 0; user < targets.length; user++) {
            for (int k = 0; k < dim; k++) {
                userTable[user * dim + k] += itemTable[targets[user] * dim + k];
            }
        }
        return new DotProductModel(dim, userTable, itemTable, gaussian(items, random));
    }

    private static float[] gaussian(int length, SplittableRandom random) {
        float[] values = new float[length];
        for (int k = 0; k < length; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return values;
    }

    private Ranking rank(int topK, float... biases) {
        DotProductModel model = new DotProductModel(1, new float[] {1}, new float[biases.length], biases);
        return new Ranker(DotProductScorer.of(model), task, topK).rank();
    }
}
