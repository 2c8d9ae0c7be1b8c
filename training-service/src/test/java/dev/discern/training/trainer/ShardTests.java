package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.objective.HingeLoss;
import dev.discern.training.testing.PlantedData;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTests {

    private final PlantedData planted = PlantedData.small();
    private final TrainingData data = planted.data();
    private final JudgedPairs pairs = planted.judgments(3).pairs();
    private final Regularizer regularizer = new PairRegularizer(pairs, new HingeLoss(1), 1);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 90, 256, 5_000})
    void coverEverythingOnceAndOwnTheirUsers(int threads) {
        List<Shard> shards = Shard.split(data, regularizer, threads);

        assertThat(shards).hasSizeBetween(1, Math.min(threads, data.users()));
        int next = 0;
        int nextExample = 0;
        int ownedBefore = -1;
        for (Shard shard : shards) {
            assertThat(shard.from()).isEqualTo(next);
            assertThat(shard.exampleFrom()).isEqualTo(nextExample);
            assertThat(shard.interactions()).isPositive();
            int first = data.userOf()[shard.from()];
            int last = data.userOf()[shard.to() - 1];
            assertThat(first).isGreaterThan(ownedBefore);
            for (int n = shard.exampleFrom(); n < shard.exampleTo(); n++) {
                assertThat(pairs.user()[n]).isBetween(first, last);
            }
            next = shard.to();
            nextExample = shard.exampleTo();
            ownedBefore = last;
        }
        assertThat(next).isEqualTo(data.interactions());
        assertThat(nextExample).isEqualTo(pairs.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void shareTheWorkAboutEqually(int threads) {
        int longest = 12; // a user is never split
        assertThat(Shard.split(data, null, threads))
                .hasSize(threads)
                .allSatisfy(shard -> assertThat(shard.interactions())
                        .isBetween(data.interactions() / threads - longest, data.interactions() / threads + longest));
    }
}
