package dev.discern.common.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.discern.common.data.Event;
import dev.discern.common.data.Item;
import dev.discern.common.data.UserProfile;
import dev.discern.common.db.EventStore.Outcome;
import dev.discern.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events, items and users one by one, and a reader that hears of each change once. */
class LiveTablesIntegrationTests {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123456Z");

    private final DataSource database = TestDatabase.migrated().dataSource();
    private final EventStore events = new EventStore(database);
    private final ItemStore items = new ItemStore(database);
    private final UserStore users = new UserStore(database);
    private final ChangeReader changes = new ChangeReader(database);

    @BeforeEach
    void catalog() {
        for (String id : List.of("a", "b", "c/ü")) {
            items.put(item(id, true));
        }
    }

    @Test
    void anItemKeepsItsExpiryToTheMicrosecond() {
        Item brief = new Item("brief", "", List.of(), "", Map.of(), true, NOON);
        items.put(brief);

        assertThat(items.find("brief")).contains(brief);
        assertThat(items.change("brief", item -> item("brief", true))).contains(item("brief", true));
        assertThat(items.find("brief")).contains(item("brief", true));
    }

    @Test
    void appendsEachEventOnceAndSaysWhatBecameOfIt() throws SQLException {
        UUID recommendation = UUID.randomUUID();
        List<Event> sent = List.of(
                new Event("e1", "u", "a", "click", 2.5f, NOON, recommendation),
                event(null, "u", "nowhere", NOON),
                event(null, "u", "b", NOON),
                event(null, "u", "b", NOON),
                event("e1", "u", "c/ü", NOON.plusSeconds(1)));

        assertThat(events.append(sent))
                .containsExactly(
                        Outcome.ACCEPTED, Outcome.UNKNOWN_ITEM, Outcome.ACCEPTED, Outcome.DUPLICATE, Outcome.DUPLICATE);
        assertThat(events.append(sent))
                .containsExactly(
                        Outcome.DUPLICATE,
                        Outcome.UNKNOWN_ITEM,
                        Outcome.DUPLICATE,
                        Outcome.DUPLICATE,
                        Outcome.DUPLICATE);
        assertThat(strings(
                        "select kind || ' ' || value || ' ' || recommendation from interaction where event_id = 'e1'"))
                .containsExactly("click 2.5 " + recommendation);
        assertThat(strings("select external_id from app_user")).containsExactly("u");
        assertThat(events.append(List.of(event(null, "somebody", "nowhere", NOON))))
                .containsExactly(Outcome.UNKNOWN_ITEM);
        assertThat(strings("select external_id from app_user")).containsExactly("u");
    }

    @Test
    void callsAtTheSameTimeWithTheSameNewUsersAllSucceedAndKeepEachEventOnce() throws Exception {
        int calls = 8;
        try (ExecutorService threads = Executors.newFixedThreadPool(calls)) {
            List<Future<List<Outcome>>> answers = threads.invokeAll(IntStream.range(0, calls)
                    .<Callable<List<Outcome>>>mapToObj(call -> () -> {
                        List<Event> sent = new ArrayList<>();
                        for (int n = 0; n < 50; n++) {
                            int user = call % 2 == 0 ? n : 49 - n;
                            sent.add(event("event-" + user, "user-" + user, "a", NOON));
                        }
                        return events.append(sent);
                    })
                    .toList());
            int accepted = 0;
            for (Future<List<Outcome>> answer : answers) {
                accepted += (int) answer.get().stream()
                        .filter(outcome -> outcome == Outcome.ACCEPTED)
                        .count();
            }
            assertThat(accepted).isEqualTo(50);
        }
        assertThat(strings("select count(*)::text from interaction")).containsExactly("50");
    }

    @Test
    void aChangeIsHeardOfOnce() {
        String before = changes.snapshot();
        events.append(List.of(event(null, "u", "a", NOON), event(null, "v", "b", NOON.minusSeconds(5))));
        items.put(item("b", false));
        users.put(new UserProfile("u", List.of("red"), Map.of("country", "DE")));

        Heard first = new Heard();
        String after = changes.since(before, first);
        Heard second = new Heard();
        changes.since(after, second);

        assertThat(first.told)
                .containsExactlyInAnyOrder(
                        "item b false false",
                        "likes u [red]",
                        "likes v []",
                        "event u a " + NOON,
                        "event v b " + NOON.minusSeconds(5));
        assertThat(second.told).isEmpty();
    }

    @Test
    void whoCommitsLateIsHeardOfAllTheSame() throws SQLException {
        String start = changes.snapshot();
        events.append(List.of(event(null, "u", "b", NOON)));
        Heard first = new Heard();
        Heard second = new Heard();
        try (Connection late = database.getConnection();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("""
                    insert into interaction (user_id, item_id, event_time)
                    select u.id, i.id, now() from app_user u, item i where i.external_id = 'a'""");
            events.append(List.of(event(null, "u", "c/ü", NOON)));
            String between = changes.since(start, first);
            late.commit();
            changes.since(between, second);
        }

        assertThat(first.told).hasSize(3).contains("event u c/ü " + NOON);
        assertThat(second.told).hasSize(1).first().asString().startsWith("event u a ");
    }

    @Test
    void aSnapshotOfAnotherDatabaseIsRefused() {
        assertThatExceptionOfType(SnapshotOfOtherDatabaseException.class)
                .isThrownBy(() -> changes.since("999999999:999999999:", new Heard()));
    }

    @Test
    void itemsAreWrittenChangedAndDeletedAndComeBack() {
        assertThat(items.put(item("new", true))).isTrue();
        assertThat(items.put(item("new", false))).isFalse();
        assertThat(items.change(
                        "new", item -> new Item(item.id(), "Title", List.of("x, y"), "", Map.of("k", "v"), true)))
                .contains(new Item("new", "Title", List.of("x, y"), "", Map.of("k", "v"), true))
                .isEqualTo(items.find("new"));
        assertThat(items.change("nowhere", item -> item)).isEmpty();
        events.append(List.of(event(null, "u", "new", NOON)));
        String before = changes.snapshot();

        assertThat(items.delete("new")).isTrue();

        Heard heard = new Heard();
        changes.since(before, heard);
        assertThat(heard.told).containsExactly("item new false true");
        assertThat(items.find("new")).isEmpty();
        assertThat(items.delete("new")).isFalse();
        assertThat(events.append(List.of(event(null, "u", "new", NOON.plusSeconds(1)))))
                .containsExactly(Outcome.UNKNOWN_ITEM);
        assertThat(items.put(item("new", true))).isTrue();
        assertThat(events.append(List.of(event(null, "u", "new", NOON)))).containsExactly(Outcome.DUPLICATE);
    }

    @Test
    void aFailedChangeLeavesTheItemAsItWas() {
        assertThat(catchThrowable(() -> items.change("a", _ -> {
                    throw new IllegalArgumentException("no");
                })))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(items.find("a")).contains(item("a", true));
    }

    @Test
    void anErasedUserLeavesAHashAndWhatCallsCost() throws SQLException {
        events.append(List.of(event(null, "u", "a", NOON), event(null, "v", "a", NOON)));
        execute(
                "insert into judgment (key, user_id, candidates, scores) select '\\x01', id, '{1}', '{0.5}' from app_user"
                        + " where external_id = 'u'");
        execute("insert into scoring_run (job_instance, judge, parameters, data_version, status)"
                + " values (1, 'chat', '{}', 'x', 'COMPLETED')");
        execute("""
                insert into llm_call (run_id, user_id, judgment_key, attempt, purpose, state, worst_prompt_tokens,
                    worst_completion_tokens, worst_cost_usd, cost_usd, answer, settled_at)
                select r.id, u.id, '\\x01', 1, 'ASK', 'ANSWERED', 1, 1, 1, 0.5, 'she likes a', now()
                from scoring_run r, app_user u where u.external_id = 'u'""");
        String before = changes.snapshot();

        UserStore.Erasure erasure = users.erase("u");

        assertThat(erasure).isEqualTo(new UserStore.Erasure(true, 1, 1));
        Heard heard = new Heard();
        changes.since(before, heard);
        assertThat(heard.told).containsExactly("erased " + HexFormat.of().formatHex(UserStore.sha256("u")));
        assertThat(users.find("u")).isEmpty();
        assertThat(strings("select external_id from app_user")).containsExactly("v");
        assertThat(strings("select count(*)::text from judgment")).containsExactly("0");
        assertThat(strings("select cost_usd::real || coalesce(answer, '-') from llm_call"))
                .containsExactly("0.5-");
        assertThat(users.erase("u")).isEqualTo(new UserStore.Erasure(false, 0, 0));
    }

    @Test
    void likesOfAnyTimeAreHandedOver() {
        users.put(new UserProfile("u", List.of("red", "a, b"), Map.of()));
        users.put(new UserProfile("v", List.of(), Map.of("country", "DE")));

        Heard heard = new Heard();
        changes.likes(heard);

        assertThat(heard.told).containsExactly("likes u [red, a, b]");
        assertThat(users.change("u", user -> new UserProfile("u", List.of(), user.attributes())))
                .contains(new UserProfile("u", List.of(), Map.of()));
    }

    private static Item item(String id, boolean available) {
        return new Item(id, "", List.of(), "", Map.of(), available);
    }

    private static Event event(@Nullable String eventId, String user, String item, Instant time) {
        return new Event(eventId, user, item, "interaction", 1, time, null);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> strings(String sql) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }

    /** Writes down what it is told. */
    private static final class Heard implements ChangeReader.Sink {

        private final List<String> told = new ArrayList<>();

        @Override
        public void erased(byte[] userIdSha256) {
            told.add("erased " + HexFormat.of().formatHex(userIdSha256));
        }

        @Override
        public void item(Item item, boolean deleted) {
            told.add("item %s %s %s".formatted(item.id(), item.available(), deleted));
        }

        @Override
        public void likes(String userId, List<String> categories) {
            told.add("likes %s %s".formatted(userId, categories));
        }

        @Override
        public void event(String userId, String itemId, Instant time) {
            told.add("event %s %s %s".formatted(userId, itemId, time));
        }
    }
}
