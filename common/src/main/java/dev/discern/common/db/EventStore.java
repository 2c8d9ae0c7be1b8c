package dev.discern.common.db;

import dev.discern.common.data.Event;
import dev.discern.common.data.IdIndex;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Appends events to table {@code interaction} one call at a time; the import job writes files by COPY. */
public final class EventStore {

    private static final int MAX_TRIES = 10;

    private final DataSource dataSource;

    /** Over a database with the migrations of this module. */
    public EventStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What became of an event. */
    public enum Outcome {
        /** It is in the database now. */
        ACCEPTED,
        /** It was there already: the same event id, or the same user, item, kind and time. */
        DUPLICATE,
        /** There is no such item. */
        UNKNOWN_ITEM
    }

    /** What makes an event one event where the sender gives it no name. */
    private record Key(long user, long item, Instant time, String kind) {}

    /**
     * Appends the events in their order, in one transaction: when this returns they are committed. The same call again changes nothing.
     *
     * @return as many as there are events, in their order
     * @throws DatabaseException when the database does not do it; nothing is then written
     */
    public List<Outcome> append(List<Event> events) {
        return Transactions.run(
                dataSource, "appending %d events".formatted(events.size()), connection -> append(connection, events));
    }

    private static List<Outcome> append(Connection connection, List<Event> events) throws SQLException {
        Map<String, Long> items = rowIds(
                connection,
                "select external_id, id from item where external_id = any(?) and deleted_at is null",
                distinct(events, Event::itemId));
        List<Event> known = events.stream()
                .filter(event -> items.containsKey(event.itemId()))
                .toList();
        Map<String, Long> users = users(connection, distinct(known, Event::userId));
        List<Key> keys = new ArrayList<>();
        for (Event event : known) {
            keys.add(new Key(rowId(users, event.userId()), rowId(items, event.itemId()), event.time(), event.kind()));
        }
        Set<Key> inserted = insert(connection, known, keys);
        Iterator<Key> key = keys.iterator();
        List<Outcome> outcomes = new ArrayList<>();
        for (Event event : events) {
            outcomes.add(
                    !items.containsKey(event.itemId())
                            ? Outcome.UNKNOWN_ITEM
                            : inserted.remove(key.next()) ? Outcome.ACCEPTED : Outcome.DUPLICATE);
        }
        return outcomes;
    }

    /** The row ids of these users, who cannot be deleted before the transaction ends; those who are new are created. */
    private static Map<String, Long> users(Connection connection, Collection<String> ids) throws SQLException {
        String sql = "select external_id, id from app_user where external_id = any(?) for key share";
        Map<String, Long> users = rowIds(connection, sql, ids);
        for (int tries = 0;
                users.size() < ids.size() && tries < MAX_TRIES;
                tries++) { // again where one was erased in between
            createUsers(connection, ids);
            users = rowIds(connection, sql, ids);
        }
        return users;
    }

    private static long rowId(Map<String, Long> rowIds, String id) {
        Long rowId = rowIds.get(id);
        if (rowId == null) {
            throw new IllegalStateException("a user was erased again and again while events of the user arrived");
        }
        return rowId;
    }

    /** In one order everywhere, so that two calls with the same new users wait for each other instead of locking each other out. */
    private static Collection<String> distinct(List<Event> events, Function<Event, String> id) {
        Set<String> ids = new TreeSet<>(IdIndex.ORDER);
        events.forEach(event -> ids.add(id.apply(event)));
        return ids;
    }

    private static Map<String, Long> rowIds(Connection connection, String sql, Collection<String> externalIds)
            throws SQLException {
        Map<String, Long> rowIds = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", externalIds.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    rowIds.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return rowIds;
    }

    private static void createUsers(Connection connection, Collection<String> userIds) throws SQLException {
        String sql = """
                insert into app_user (external_id)
                select new.external_id from unnest(?) with ordinality as new (external_id, place)
                where not exists (select from app_user u where u.external_id = new.external_id)
                order by new.place
                on conflict (external_id) do nothing""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", userIds.toArray()));
            statement.executeUpdate();
        }
    }

    /** The keys of the rows that were not there. */
    private static Set<Key> insert(Connection connection, List<Event> events, List<Key> keys) throws SQLException {
        String sql = """
                insert into interaction (user_id, item_id, event_time, kind, value, event_id, recommendation)
                select user_id, item_id, event_time, kind, value, event_id, recommendation
                from unnest(?, ?, ?, ?, ?, ?, ?) with ordinality
                    as events (user_id, item_id, event_time, kind, value, event_id, recommendation, place)
                order by place
                on conflict do nothing
                returning user_id, item_id, event_time, kind""";
        Set<Key> inserted = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, column(connection, "bigint", keys, Key::user));
            statement.setArray(2, column(connection, "bigint", keys, Key::item));
            statement.setArray(
                    3, column(connection, "timestamptz", keys, key -> key.time().atOffset(ZoneOffset.UTC)));
            statement.setArray(4, column(connection, "text", keys, Key::kind));
            statement.setArray(5, column(connection, "real", events, Event::value));
            statement.setArray(6, column(connection, "text", events, Event::eventId));
            statement.setArray(7, column(connection, "uuid", events, Event::recommendation));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    inserted.add(new Key(
                            rows.getLong(1),
                            rows.getLong(2),
                            rows.getObject(3, OffsetDateTime.class).toInstant(),
                            rows.getString(4)));
                }
            }
        }
        return inserted;
    }

    private static <T> Array column(
            Connection connection, String type, List<T> rows, Function<T, @Nullable Object> value) throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(value).toArray());
    }
}
