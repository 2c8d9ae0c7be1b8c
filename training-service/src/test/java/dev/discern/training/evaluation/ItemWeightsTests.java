package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.TemporalSplit;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemWeightsTests {

    @Test
    void usersWeighTheInteractionsOfTheirItemDividedByHowOftenItIsTested() {
        // Item 3 has 4 interactions and is two users' test item; item 4 has one, the third user's test.
        InteractionMatrix histories =
                new InteractionMatrix(5, new int[] {0, 3, 6, 9, 10, 11}, new int[] {0, 1, 3, 1, 2, 3, 0, 2, 4, 3, 3});
        Task task = Task.test(TemporalSplit.leaveLastTwoOut(histories));
        UserMetrics metrics = new UserMetrics(new Ranking(new double[] {1, 50, 3}, new int[] {3, 3, 3}, new int[3][]));
        Slice all = new Slice("all", new boolean[] {true, true, true}, 3);
        Slice second = new Slice("second", new boolean[] {false, true, false}, 1);
        Slice nobody = new Slice("nobody", new boolean[3], 0);

        var means = new ItemWeights(task, histories).means(metrics, List.of(all, second, nobody));

        assertThat(number(means.get("all").get("ndcg@10"))).isEqualTo((2 * 1 + 2 * 0 + 1 * 0.5) / 5, within(1e-6));
        assertThat(number(means.get("all").get("recall@10"))).isEqualTo(3 / 5.0, within(1e-6));
        assertThat(number(means.get("second").get("recall@10"))).isZero();
        assertThat(number(means.get("nobody").get("ndcg@10"))).isZero();
    }

    private static double number(Number value) {
        return value.doubleValue();
    }
}
