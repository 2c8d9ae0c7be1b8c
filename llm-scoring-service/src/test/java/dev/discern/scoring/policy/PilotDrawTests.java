package dev.discern.scoring.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.HistoryBucket;
import dev.discern.common.data.PopularityBucket;
import dev.discern.common.random.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PilotDrawTests {

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "24, 24", "25, 25", "99, 25", "100, 25", "101, 26", "300, 75", "400, 100", "22000, 100"
    })
    void isAQuarterOfThePromptsWithinBounds(int prompts, int pilot) {
        assertThat(PilotDraw.size(prompts)).isEqualTo(pilot);
    }

    @Test
    void sharesFollowTheSquareRootOfTheStrata() {
        // √N: 80, 40, 20, 10, of 150: 100 in shares of 53.3, 26.7, 13.3 and 6.7
        assertThat(PilotDraw.shares(new int[] {6400, 1600, 400, 100}, 100)).containsExactly(53, 27, 13, 7);
    }

    @Test
    void everyStratumIsSeenAndNoneIsDrawnFromTwice() {
        assertThat(PilotDraw.shares(new int[] {20_000, 1, 2, 3}, 100)).containsExactly(97, 1, 1, 1);
        assertThat(PilotDraw.shares(new int[] {30, 4, 2}, 34)).containsExactly(28, 4, 2);
        assertThat(PilotDraw.shares(new int[] {1, 5, 3}, 2))
                .as("the largest first, where not even one of each can be had")
                .containsExactly(0, 1, 1);
    }

    @Test
    void drawsEachUserOnceAndTellsWithWhatProbability() {
        List<PilotDraw.Prompt> prompts = prompts(320, 80);

        Map<Long, Double> drawn = PilotDraw.draw(prompts, new Seeds(1));

        assertThat(drawn).hasSize(100);
        assertThat(drawn.keySet().stream().filter(user -> user < 320)).hasSize(67); // √320 : √80 = 2 : 1
        drawn.forEach((user, inclusion) ->
                assertThat(inclusion).isEqualTo(user < 320 ? 67 / 320.0 : 33 / 80.0, within(1e-12)));
        assertThat(drawn.values().stream().mapToDouble(p -> 1 / p).sum())
                .as("the pilot stands for all prompts (Horvitz and Thompson)")
                .isEqualTo(400, within(1e-9));
    }

    @Test
    void theSeedAloneDecides() {
        List<PilotDraw.Prompt> prompts = prompts(320, 80);

        assertThat(PilotDraw.draw(prompts, new Seeds(1))).isEqualTo(PilotDraw.draw(prompts, new Seeds(1)));
        assertThat(PilotDraw.draw(prompts, new Seeds(1))).isNotEqualTo(PilotDraw.draw(prompts, new Seeds(2)));
    }

    @Test
    void withinAStratumEverybodyIsDrawnEquallyOften() {
        List<PilotDraw.Prompt> prompts = prompts(90, 10);
        int[] times = new int[100];
        int seeds = 2_000;
        for (int seed = 0; seed < seeds; seed++) {
            PilotDraw.draw(prompts, new Seeds(seed)).keySet().forEach(user -> times[user.intValue()]++);
        }
        // 19 of 90 and 6 of 10; five standard deviations of a binomial
        double many = 19 / 90.0;
        assertThat(Arrays.stream(times, 0, 90).boxed().collect(Collectors.toList()))
                .allSatisfy(count -> assertThat(count.doubleValue())
                        .isEqualTo(seeds * many, within(5 * Math.sqrt(seeds * many * (1 - many)))));
        assertThat(Arrays.stream(times, 90, 100).boxed().collect(Collectors.toList()))
                .allSatisfy(count ->
                        assertThat(count.doubleValue()).isEqualTo(seeds * 0.6, within(5 * Math.sqrt(seeds * 0.24))));
    }

    private static List<PilotDraw.Prompt> prompts(int longHistories, int shortHistories) {
        List<PilotDraw.Prompt> prompts = new ArrayList<>();
        for (int user = 0; user < longHistories + shortHistories; user++) {
            prompts.add(new PilotDraw.Prompt(
                    user,
                    user < longHistories ? HistoryBucket.OVER_TEN : HistoryBucket.ONE,
                    PopularityBucket.UP_TO_FIVE));
        }
        return prompts;
    }
}
