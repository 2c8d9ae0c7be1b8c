package dev.discern.scoring.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.judgment.CandidateSource;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DrawTests {

    private static final Pool POOL = Stretch.of(new int[] {0, 3, 5, 1, 4, 2, 6}).range(1, 7); // all but item 0

    @Test
    void drawsWithoutReplacementAndNeverTheUsersOwn() {
        Draw draw = Draw.of(CandidateSource.UNIFORM, POOL, 3, new int[] {0, 3});
        SplittableRandom random = new SplittableRandom(1);
        for (int n = 0; n < 100; n++) {
            assertThat(Arrays.stream(draw.items(random)).boxed())
                    .hasSize(3)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(1, 2, 4, 5, 6);
        }
    }

    @Test
    void knowsTheProbabilityOfEachItem() {
        Draw draw = Draw.of(CandidateSource.UNIFORM, POOL, 3, new int[] {0, 3});

        assertThat(draw.probability(6)).isEqualTo(3 / 5.0);
        assertThat(draw.probability(3)).isZero();
        assertThat(draw.probability(0)).isZero();
    }

    @Test
    void aPoolThatIsTooSmallGivesAllItHas() {
        Draw draw = Draw.of(CandidateSource.TAIL, POOL, 19, new int[] {1, 2, 6});

        assertThat(draw.items(new SplittableRandom(1))).containsExactlyInAnyOrder(3, 4, 5);
        assertThat(draw.probability(4)).isEqualTo(1);
        assertThat(Draw.of(CandidateSource.TAIL, POOL, 2, new int[] {1, 2, 3, 4, 5, 6})
                        .items(new SplittableRandom(1)))
                .isEmpty();
    }
}
