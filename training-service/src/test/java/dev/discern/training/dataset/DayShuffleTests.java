package dev.discern.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.db.DatedSnapshot;
import dev.discern.common.db.Snapshot;
import dev.discern.common.random.Seeds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DayShuffleTests {

    private static DayShuffle shuffle(int items, int[] rowStart, int[] columns, int[] days) {
        Snapshot snapshot = new Snapshot(
                IdIndex.of(ids("u", rowStart.length - 1)),
                IdIndex.of(ids("i", items)),
                new long[rowStart.length - 1],
                new long[items],
                new InteractionMatrix(items, rowStart, columns),
                "as it came");
        return new DayShuffle(new DatedSnapshot(snapshot, days));
    }

    private static List<String> ids(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "%s%03d".formatted(prefix, n))
                .toList();
    }

    @Test
    void whatCameOnOneDayIsShuffledAndDaysStayInOrder() {
        int[] columns = IntStream.range(0, 40).toArray();
        int[] days = IntStream.range(0, 40).map(n -> n / 10).toArray();
        DayShuffle shuffle = shuffle(40, new int[] {0, 40}, columns, days);

        Snapshot shuffled = shuffle.shuffled(new Seeds(1));

        int[] row = shuffled.histories().row(0);
        assertThat(row).isNotEqualTo(columns);
        for (int day = 0; day < 4; day++) {
            int first = 10 * day;
            assertThat(IntStream.range(first, first + 10).map(n -> row[n]).boxed())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(first, first + 10).boxed().toList());
        }
        assertThat(columns).isSorted();
        assertThat(shuffled.hash()).isNotEqualTo("as it came");
    }

    @Test
    void theSeedDrawsTheOrderAndEachUserHasAnOwn() {
        int[] columns = IntStream.range(0, 40).map(n -> n % 20).toArray();
        DayShuffle shuffle = shuffle(20, new int[] {0, 20, 40}, columns, new int[40]);

        InteractionMatrix first = shuffle.shuffled(new Seeds(1)).histories();

        assertThat(shuffle.shuffled(new Seeds(1)).histories().columns()).isEqualTo(first.columns());
        assertThat(shuffle.shuffled(new Seeds(2)).histories().columns()).isNotEqualTo(first.columns());
        assertThat(first.row(0)).isNotEqualTo(first.row(1));
    }

    @Test
    void everyItemOfADayIsTheLastAsOftenAsTheOthers() {
        DayShuffle shuffle = shuffle(3, new int[] {0, 3}, new int[] {0, 1, 2}, new int[] {7, 7, 7});
        int[] last = new int[3];
        for (int seed = 0; seed < 3000; seed++) {
            last[shuffle.shuffled(new Seeds(seed)).histories().row(0)[2]]++;
        }
        for (int count : last) {
            assertThat((double) count).isCloseTo(1000, within(100.0)); // four standard deviations
        }
    }

    @Test
    void withADayForEachNothingMoves() {
        DayShuffle shuffle = shuffle(3, new int[] {0, 3}, new int[] {2, 0, 1}, new int[] {-1, 0, 1});

        assertThat(shuffle.shuffled(new Seeds(1)).histories().columns()).containsExactly(2, 0, 1);
        assertThat(shuffle.sharedDays()).isZero();
    }

    @Test
    void tellsHowManyTestItemsShareTheirDayWithTheOneBefore() {
        // Of three users who are tested two; the last has too few items to be.
        int[] days = {1, 5, 5, /**/ 1, 1, 2, /**/ 3, 3, 3, /**/ 4, 4};
        DayShuffle shuffle = shuffle(3, new int[] {0, 3, 6, 9, 11}, new int[] {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1}, days);

        assertThat(shuffle.sharedDays()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(lastItems(shuffle)).hasSizeGreaterThan(1);
    }

    private static Set<Integer> lastItems(DayShuffle shuffle) {
        Set<Integer> last = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            last.add(shuffle.shuffled(new Seeds(seed)).histories().row(0)[2]);
        }
        return last;
    }
}
