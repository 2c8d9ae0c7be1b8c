package dev.discern.common.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.data.Event;
import dev.discern.common.data.Item;
import dev.discern.common.db.ArmStore.Answers;
import dev.discern.common.db.ArmStore.Arm;
import dev.discern.common.db.ArmStore.Events;
import dev.discern.common.db.ArmStore.Ids;
import dev.discern.common.db.ArmStore.Total;
import dev.discern.common.testing.TestDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArmStoreIntegrationTests {

    private static final LocalDate DAY = LocalDate.parse("2026-01-31");
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Arm CHAMPION = new Arm("champion", "v1", true);
    private static final Arm CHALLENGER = new Arm("challenger", "v2", true);

    private final DataSource database = TestDatabase.migrated().dataSource();
    private final ArmStore arms = new ArmStore(database);

    @Test
    void totalsOfAllProcessesAndDaysAddUpAndRepetitionsCountOnce() {
        UUID one = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        arms.put(one, List.of(new Total(DAY, CHAMPION, 3, 30), new Total(DAY, CHALLENGER, 1, 10)));
        arms.put(one, List.of(new Total(DAY, CHAMPION, 5, 50)));
        arms.put(one, List.of(new Total(DAY, CHAMPION, 5, 50)));
        arms.put(one, List.of(new Total(DAY, CHAMPION, 4, 40))); // late
        arms.put(other, List.of(new Total(DAY, CHAMPION, 100, 1_000)));
        arms.put(one, List.of(new Total(DAY.minusDays(1), CHAMPION, 7, 7)));
        arms.put(one, List.of(new Total(DAY, new Arm("champion", "v1", false), 9, 9)));
        arms.put(one, List.of());

        assertThat(arms.since(DAY))
                .containsExactly(
                        new Answers(CHALLENGER, DAY, DAY, 1, 10),
                        new Answers(new Arm("champion", "v1", false), DAY, DAY, 9, 9),
                        new Answers(CHAMPION, DAY, DAY, 105, 1_050));
        assertThat(arms.since(DAY.minusDays(1))).contains(new Answers(CHAMPION, DAY.minusDays(1), DAY, 112, 1_057));
        assertThat(arms.since(DAY.plusDays(1))).isEmpty();
    }

    @Test
    void eventsAreCountedByKindAndAnAnswerOnce() {
        Ids first = new Ids(id("1", "0"), id("1", "f"));
        Ids second = new Ids(id("f", "0"), id("f", "f")); // above every signed long
        new ItemStore(database).put(new Item("a", "", List.of(), "", Map.of(), true));
        new EventStore(database)
                .append(List.of(
                        event("e1", "click", id("1", "3"), NOON),
                        event("e2", "click", id("1", "3"), NOON.plusSeconds(1)),
                        event("e3", "buy", id("1", "3"), NOON.plusSeconds(2)),
                        event("e4", "click", id("1", "f"), NOON.plusSeconds(3)),
                        event("e5", "click", id("f", "0"), NOON.plusSeconds(4)),
                        event("e6", "click", id("2", "0"), NOON.plusSeconds(5)), // of neither
                        event("e7", "click", null, NOON.plusSeconds(6)),
                        event("e8", "click", id("f", "1"), NOON.minusSeconds(86_400)))); // the day before

        assertThat(arms.events(List.of(first, second, new Ids(id("3", "0"), id("3", "f"))), DAY))
                .containsExactly(
                        new Events(Map.of("click", 3L, "buy", 1L), 2),
                        new Events(Map.of("click", 1L), 1),
                        new Events(Map.of(), 0));
        assertThat(arms.events(List.of(second), DAY.minusDays(1))).containsExactly(new Events(Map.of("click", 2L), 2));
        assertThat(arms.events(List.of(), DAY)).isEmpty();
    }

    /** A UUID of 32 digits, of which the last 31 are the same. */
    private static UUID id(String digit, String rest) {
        String digits = digit + rest.repeat(31);
        return UUID.fromString(digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
    }

    private static Event event(String id, String kind, @Nullable UUID answer, Instant time) {
        return new Event(id, "u", "a", kind, 1, time, answer);
    }
}
