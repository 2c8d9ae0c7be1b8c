package dev.discern.common.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PopularityTests {

    /** Ten items with 0, 0, 1, 1, 1, 2, 3, 4, 5, 6 interactions. */
    private static Popularity tenItems() {
        int[] counts = {0, 0, 1, 1, 1, 2, 3, 4, 5, 6};
        int[] columns = new int[23];
        int next = 0;
        for (int item = 0; item < counts.length; item++) {
            for (int k = 0; k < counts[item]; k++) {
                columns[next++] = item;
            }
        }
        return Popularity.of(new InteractionMatrix(10, new int[] {0, 23}, columns));
    }

    @Test
    void theTailIsTheBottomFifthAndWhatTiesWithItsLast() {
        Popularity popularity = tenItems();

        assertThat(popularity.tailThreshold()).isZero();
        assertThat(popularity.tailItems()).isEqualTo(2);
        assertThat(popularity.isTail(1)).isTrue();
        assertThat(popularity.isTail(2)).isFalse();
    }

    @Test
    void whatHasAtMostFourOrIsOfTheTailIsRare() {
        Popularity few = tenItems();
        assertThat(few.isRare(7)).as("4 interactions, not of the tail").isTrue();
        assertThat(few.isRare(8)).as("5 interactions").isFalse();

        int[] columns = new int[10 + 20 + 30];
        Arrays.fill(columns, 10, 30, 1);
        Arrays.fill(columns, 30, 60, 2);
        Popularity many = Popularity.of(new InteractionMatrix(3, new int[] {0, 60}, columns));
        assertThat(many.isRare(0)).as("10 interactions, the fewest").isTrue();
        assertThat(many.isRare(1)).isFalse();
    }

    @Test
    void standardizedLogHasMeanZeroAndVarianceOne() {
        float[] standardized = tenItems().standardizedLog();

        double mean = 0;
        double square = 0;
        for (float x : standardized) {
            mean += x / 10;
            square += x * x / 10;
        }
        assertThat(mean).isEqualTo(0, within(1e-6));
        assertThat(square).isEqualTo(1, within(1e-5));
        assertThat(standardized[9]).isGreaterThan(standardized[8]);
    }

    @Test
    void equallyPopularItemsAreAllZero() {
        Popularity flat = Popularity.of(new InteractionMatrix(2, new int[] {0, 2}, new int[] {0, 1}));

        assertThat(flat.standardizedLog()).containsExactly(0, 0);
    }
}
