package dev.discern.scoring.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.judgment.CandidateSource;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DrawTests {

    private static final int[] POOL = {4, 8, 15, 16, 23, 42};

    @Test
    void drawsWithoutReplacementAndNeverTheUsersOwn() {
        Draw draw = Draw.of(CandidateSource.UNIFORM, POOL, 3, item -> item == 8);
        SplittableRandom random = new SplittableRandom(1);
        for (int n = 0; n < 100; n++) {
            assertThat(Arrays.stream(draw.items(random)).boxed())
                    .hasSize(3)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(4, 15, 16, 23, 42);
        }
    }

    @Test
    void knowsTheProbabilityOfEachItem() {
        Draw draw = Draw.of(CandidateSource.UNIFORM, POOL, 3, item -> item == 8);

        assertThat(draw.probability(42)).isEqualTo(3 / 5.0);
        assertThat(draw.probability(8)).isZero();
        assertThat(draw.probability(7)).isZero();
    }

    @Test
    void aPoolThatIsTooSmallGivesAllItHas() {
        Draw draw = Draw.of(CandidateSource.TAIL, POOL, 19, item -> item > 15);

        assertThat(draw.items(new SplittableRandom(1))).containsExactlyInAnyOrder(4, 8, 15);
        assertThat(draw.probability(4)).isEqualTo(1);
        assertThat(Draw.of(CandidateSource.TAIL, POOL, 2, item -> true).items(new SplittableRandom(1)))
                .isEmpty();
    }
}
