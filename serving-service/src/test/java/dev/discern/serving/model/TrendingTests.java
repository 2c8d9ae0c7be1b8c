package dev.discern.serving.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.data.ItemTrend;
import dev.discern.serving.live.LiveData;
import dev.discern.serving.testing.TestModels;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrendingTests {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);
    private static final Instant MIDNIGHT = DAY.atStartOfDay().toInstant(ZoneOffset.UTC);
    private static final double HALF_LIFE = 7;

    private final LiveData live = new LiveData();
    private final Artifact plain = TestModels.random("v1", 1);

    private static ServingModel model(Artifact plain, float[] weights, double halfLife) {
        return ServingModels.of(TestModels.trending(plain, new ItemTrend(DAY, halfLife, weights)));
    }

    @Test
    void whatIsPopularNowStandsBeforeWhatWas() {
        float[] weights = new float[60];
        weights[5] = 8;
        weights[9] = 4;
        ServingModel model = model(plain, weights, HALF_LIFE);
        assertThat(model.trending(live).items().limit(2)).containsExactly(5, 9);
        assertThat(model.trending(live).score(5)).isEqualTo(8);

        for (int user = 0; user < 3; user++) {
            live.event("u" + user, plain.itemIds().id(20), MIDNIGHT.plus(Duration.ofDays(14)));
        }

        Trending now = model.trending(live);
        assertThat(now.items().limit(3)).containsExactly(20, 5, 9);
        assertThat(now.score(20)).isEqualTo(3);
        assertThat(now.score(5)).as("two half-lives ago").isEqualTo(2);
        assertThat(now.score(9)).isEqualTo(1);
    }

    @Test
    void withoutTimesTheNumberOfUsersHolds() {
        ServingModel model = ServingModels.of(plain);
        int[] before = model.trending(live).items().toArray();
        live.event("u", plain.itemIds().id(before[59]), MIDNIGHT);
        assertThat(model.trending(live).items()).containsExactly(boxed(before));
    }

    @Test
    void anItemThatTheModelDoesNotKnowDoesNotMatter() {
        ServingModel model = model(plain, new float[60], HALF_LIFE);
        live.event("u", "later", MIDNIGHT);
        assertThat(model.trending(live).items()).hasSize(60);
    }

    /** Against scores summed event by event, and a sort of all. With a half-life of a day every sum is exact. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void isWhatASortOfAllSumsIs(long seed) {
        Random random = new Random(seed);
        float[] weights = new float[60];
        double[] sums = new double[60];
        for (int item = 0; item < 60; item++) {
            weights[item] = random.nextInt(4) / 2f;
        }
        ServingModel model = model(plain, weights, 1);
        int[] days = IntStream.range(0, 80).map(_ -> random.nextInt(-5, 20)).toArray();
        int newest = Math.max(0, IntStream.of(days).max().orElseThrow());
        for (int item = 0; item < 60; item++) {
            sums[item] = weights[item] * Math.pow(2, -newest);
        }
        Set<String> seen = new HashSet<>();
        for (int day : days) {
            int item = random.nextInt(25);
            String user = "u" + seen.size();
            seen.add(user);
            live.event(user, plain.itemIds().id(item), MIDNIGHT.plus(Duration.ofDays(day)));
            sums[item] += Math.pow(2, day - newest);
            model.trending(live); // what was made meanwhile must not be what is told at the end
        }

        Trending found = model.trending(live);

        int[] counts = plain.seen().columnCounts();
        Integer[] expected = IntStream.range(0, 60)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer item) -> -sums[item])
                        .thenComparingInt(item -> -counts[item])
                        .thenComparingInt(item -> item))
                .toArray(Integer[]::new);
        assertThat(found.items()).containsExactly(expected);
        for (int item = 0; item < 60; item++) {
            assertThat((double) found.score(item)).isCloseTo(sums[item], within(1e-6));
        }
    }

    private static Integer[] boxed(int[] values) {
        return IntStream.of(values).boxed().toArray(Integer[]::new);
    }
}
