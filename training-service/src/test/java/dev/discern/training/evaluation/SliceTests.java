package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceTests {

    /** Training interactions of items 0 to 4: 3, 2, 1, 1, 0; the test items are 0, 1, 4, 2. */
    private final TemporalSplit split = TemporalSplit.leaveLastTwoOut(new InteractionMatrix(
            5, new int[] {0, 4, 8, 12, 15}, new int[] {1, 2, 3, 0, 0, 3, 2, 1, 0, 1, 3, 4, 0, 4, 2}));

    private final Popularity popularity = Popularity.of(split.train());
    private final List<Slice> slices = Slice.main(Task.test(split), popularity);

    @Test
    void anItemWithoutTrainingInteractionsIsUnseen() {
        assertThat(popularity.count(4)).isZero();
        assertThat(member("unseen")).containsExactly(false, false, true, false);
    }

    @Test
    void theHeadIsTheFewestItemsWithHalfOfTheInteractions() {
        // 3 of 7 are less than half: item 0 alone is not enough, with item 1 it is.
        assertThat(member("head")).containsExactly(true, true, false, false);
    }

    @Test
    void withoutTrainingThereIsNoHead() {
        TemporalSplit none =
                new TemporalSplit(new InteractionMatrix(2, new int[] {0, 0}, new int[0]), new int[] {0}, new int[] {1});

        assertThat(Slice.main(Task.test(none), Popularity.of(none.train()))
                        .get(4)
                        .users())
                .isZero();
    }

    private boolean[] member(String name) {
        return slices.stream()
                .filter(slice -> slice.name().equals(name))
                .findFirst()
                .orElseThrow()
                .member();
    }
}
