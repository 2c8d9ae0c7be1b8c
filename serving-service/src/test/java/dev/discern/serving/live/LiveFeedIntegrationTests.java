package dev.discern.serving.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.common.data.Event;
import dev.discern.common.data.Item;
import dev.discern.common.data.UserProfile;
import dev.discern.common.db.ChangeReader;
import dev.discern.common.testing.TestDatabase;
import dev.discern.web.problem.ProblemException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveFeedIntegrationTests {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final Fragile dataSource = new Fragile(TestDatabase.migrated().dataSource());
    private final ChangeReader reader = new ChangeReader(dataSource);
    private final LiveFeed feed = new LiveFeed(reader, Clock.systemUTC());
    private final Database database = new Database(dataSource, feed);

    @BeforeEach
    void catalog() {
        for (String id : List.of("a", "b", "c")) {
            database.write(stores -> stores.items().put(new Item(id, "", List.of(), "", Map.of(), true)));
        }
        database.write(stores -> stores.users().put(new UserProfile("u", List.of("red"), Map.of())));
    }

    @Test
    void whatIsWrittenIsKnownAtOnce() {
        feed.follow(null);
        assertThat(feed.data().touched("u")).isEmpty();

        touch("u", "a");
        database.write(stores -> stores.items().delete("b"));

        assertThat(feed.data().touched("u")).containsExactly("a");
        assertThat(feed.data().item("b")).matches(item -> item.deleted());
        assertThat(feed.data().likes("u")).containsExactly("red");
    }

    @Test
    void beginsWhereTheOldestModelEnds() {
        touch("u", "a");
        String older = reader.snapshot();
        touch("u", "b");
        String newer = reader.snapshot();
        touch("u", "c");

        feed.follow(newer);
        assertThat(feed.data().touched("u")).containsExactly("c");
        feed.follow(older);
        assertThat(feed.data().touched("u")).containsExactly("b", "c");
        feed.follow(newer);
        assertThat(feed.data().touched("u")).containsExactly("c");
    }

    @Test
    void withoutTheDatabaseWhatIsKnownStaysAndWhatWasMissedIsReadLater() {
        String start = reader.snapshot();
        feed.follow(start);
        touch("u", "a");
        dataSource.broken = true;
        feed.catchUp();

        assertThat(feed.outage()).isPresent();
        assertThat(feed.data().touched("u")).containsExactly("a");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> touch("u", "b"))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo("DATABASE_UNAVAILABLE");
                    assertThat(e.retryAfterSeconds()).isPositive();
                });
        feed.follow(null);
        assertThat(feed.data().touched("u"))
                .as("what was known stays until the new beginning can be read")
                .hasSize(1);
        feed.follow(start);

        dataSource.broken = false;
        new dev.discern.common.db.EventStore(dataSource).append(List.of(event("u", "c")));
        feed.catchUp();

        assertThat(feed.outage()).isEmpty();
        assertThat(feed.data().touched("u")).containsExactly("a", "c");
    }

    /** What a crash does: numbers of transactions that were read as done are given again, so that the old position hides what is new. */
    @Test
    void afterAnOutageEverythingIsReadAgain() {
        feed.follow(null);
        touch("u", "a");
        touch("u", "b");
        dataSource.broken = true;
        feed.catchUp();
        LiveData known = feed.data();
        dataSource.broken = false;
        feed.catchUp();

        assertThat(feed.data()).isNotSameAs(known);
        assertThat(feed.data().touched("u")).containsExactly("a", "b");
        assertThat(feed.data().likes("u")).containsExactly("red");
        assertThat(feed.warning()).isEmpty();
    }

    @Test
    void startsWithoutTheDatabaseAndFindsItLater() {
        String start = reader.snapshot();
        touch("u", "a");
        dataSource.broken = true;
        feed.follow(start);
        assertThat(feed.outage()).isPresent();

        dataSource.broken = false;
        feed.catchUp();

        assertThat(feed.data().touched("u")).containsExactly("a");
    }

    @Test
    void aModelOfAnotherDatabaseIsToldAndWhatComesIsKnown() {
        feed.follow("999999999:999999999:");
        touch("u", "b");

        assertThat(feed.warning()).hasValueSatisfying(text -> assertThat(text).contains("another database"));
        assertThat(feed.data().touched("u")).containsExactly("b");
        feed.follow(reader.snapshot());
        assertThat(feed.warning()).isEmpty();
    }

    @Test
    void withoutADatabaseNothingIsTaken() {
        LiveFeed none = new LiveFeed(null, Clock.systemUTC());
        none.follow("1:1:");
        none.catchUp();

        assertThat(none.hasDatabase()).isFalse();
        assertThat(none.outage()).isEmpty();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() ->
                        new Database(null, none).read(stores -> stores.items().find("a")))
                .satisfies(e -> assertThat(e.code()).isEqualTo("NO_DATABASE"));
    }

    private void touch(String user, String item) {
        database.write(stores -> stores.events().append(List.of(event(user, item))));
    }

    private static Event event(String user, String item) {
        return new Event(null, user, item, "click", 1, NOON.plusSeconds(item.charAt(0)), null);
    }

    /** A database that can be away. */
    private static final class Fragile implements DataSource {

        private final DataSource sound;
        private volatile boolean broken;

        Fragile(DataSource sound) {
            this.sound = sound;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (broken) {
                throw new SQLTransientConnectionException("nobody answers");
            }
            return sound.getConnection();
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            return sound.getLogWriter();
        }

        @Override
        public void setLogWriter(PrintWriter out) throws SQLException {
            sound.setLogWriter(out);
        }

        @Override
        public void setLoginTimeout(int seconds) throws SQLException {
            sound.setLoginTimeout(seconds);
        }

        @Override
        public int getLoginTimeout() throws SQLException {
            return sound.getLoginTimeout();
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return sound.unwrap(type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return sound.isWrapperFor(type);
        }
    }
}
