package dev.discern.serving.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.data.Item;
import dev.discern.common.db.UserStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveDataTests {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final LiveData data = new LiveData();

    @Test
    void whatAUserTouchedStandsInTheOrderOfItsFirstTouches() {
        data.event("u", "second", NOON);
        data.event("u", "third", NOON);
        data.event("u", "first", NOON.minusSeconds(1));
        data.event("u", "third", NOON.plusSeconds(9));
        data.event("v", "second", NOON);
        assertThat(data.touched("u")).containsExactly("first", "second", "third");

        data.event("u", "third", NOON.minusSeconds(5));

        assertThat(data.touched("u")).containsExactly("third", "first", "second");
        assertThat(data.touched("nobody")).isEmpty();
        assertThat(data.users()).isEqualTo(2);
    }

    @Test
    void theSameEventAgainChangesNothing() {
        for (int k = 0; k < 3; k++) {
            data.event("u", "a", NOON);
            data.event("u", "b", NOON);
        }
        assertThat(data.touched("u")).containsExactly("a", "b");
    }

    @Test
    void anErasedUserIsForgottenAndMayComeBack() {
        data.event("u", "a", NOON);
        data.event("v", "a", NOON);
        data.likes("u", List.of("red"));
        assertThat(data.isErased("u")).isFalse();

        data.erased(UserStore.sha256("u"));

        assertThat(data.isErased("u")).isTrue();
        assertThat(data.isErased("v")).isFalse();
        assertThat(data.touched("u")).isEmpty();
        assertThat(data.likes("u")).isEmpty();
        assertThat(data.touched("v")).containsExactly("a");
        data.event("u", "b", NOON);
        assertThat(data.touched("u")).containsExactly("b");
    }

    @Test
    void aUserCountsOnceForAnItemOnTheDayOfTheFirstTouch() {
        data.event("u", "a", NOON);
        data.event("u", "a", NOON.plus(Duration.ofDays(3)));
        data.event("v", "a", NOON.plus(Duration.ofDays(1)));
        data.event("w", "a", NOON);
        data.event("u", "b", NOON);
        int day = (int) LocalDate.of(2026, 1, 31).toEpochDay();
        assertThat(data.turnedTo()).containsOnlyKeys("a", "b");
        assertThat(data.turnedTo().get("a"))
                .usingRecursiveComparison()
                .isEqualTo(new DailyCounts(new int[] {day, day + 1}, new int[] {2, 1}));
        assertThat(data.newestDay()).isEqualTo(day + 1);
        assertThat(data.usersOf("a")).isEqualTo(3);
        assertThat(data.usersOf("c")).isZero();

        long before = data.touches();
        data.event("u", "a", NOON);
        assertThat(data.touches()).as("nothing new").isEqualTo(before);
        data.event("v", "a", NOON.minus(Duration.ofDays(1)));

        assertThat(data.touches()).isGreaterThan(before);
        assertThat(data.turnedTo().get("a"))
                .as("an earlier touch of v came late")
                .usingRecursiveComparison()
                .isEqualTo(new DailyCounts(new int[] {day - 1, day}, new int[] {1, 2}));
    }

    @Test
    void whatIsDatedInTheFutureCountsAsOfToday() {
        LiveData live = new LiveData(Clock.fixed(NOON, ZoneOffset.UTC));
        live.event("u", "a", NOON.plus(Duration.ofDays(900)));
        assertThat(live.newestDay()).isEqualTo((int) LocalDate.of(2026, 1, 31).toEpochDay());
    }

    @Test
    void itemsAreWhatTheyWereToldToBeLast() {
        long before = data.itemsVersion();
        Item hidden = new Item("a", "A", List.of(), "", Map.of(), false);
        data.item(new Item("a", "A", List.of(), "", Map.of(), true), false);
        data.item(hidden, true);

        assertThat(data.item("a")).isEqualTo(new LiveItem(hidden, true));
        assertThat(data.item("b")).isNull();
        assertThat(data.items()).hasSize(1);
        assertThat(data.itemsVersion()).isGreaterThan(before);
    }

    @Test
    void likesAreReplacedAndTakenBack() {
        data.likes("u", List.of("red"));
        data.likes("u", List.of("blue", "green"));
        assertThat(data.likes("u")).containsExactly("blue", "green");
        data.likes("u", List.of());
        assertThat(data.likes("u")).isEmpty();
    }
}
