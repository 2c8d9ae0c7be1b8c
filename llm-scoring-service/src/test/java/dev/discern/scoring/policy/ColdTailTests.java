package dev.discern.scoring.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Users 0 to 9 are cold, those above are not. */
class ColdTailTests {

    @Test
    void asksAllColdUsersAndAsManyOthers() {
        assertThat(users(40, null)).containsExactlyElementsOf(range(0, 20));
        assertThat(users(14, null)).containsExactlyElementsOf(range(0, 14));
    }

    @Test
    void asksEverybodyWhereNobodyIsCold() {
        assertThat(ColdTail.users(range(10, 25), user -> 4, null)).containsExactlyElementsOf(range(10, 25));
    }

    @Test
    void halfOfThoseWantedAreCold() {
        assertThat(users(40, 6)).containsExactly(0, 1, 2, 10, 11, 12);
        assertThat(users(40, 7)).containsExactly(0, 1, 2, 3, 10, 11, 12);
    }

    @Test
    void whatOneKindLacksTheOtherMakesUp() {
        assertThat(users(40, 30)).containsExactlyElementsOf(range(0, 30));
        assertThat(users(12, 8)).containsExactly(0, 1, 2, 3, 4, 5, 10, 11);
        assertThat(users(12, 100)).containsExactlyElementsOf(range(0, 12));
    }

    private static List<Integer> users(int all, Integer wanted) {
        return ColdTail.users(range(0, all), user -> user < 10 ? 3 : 4, wanted);
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
