package dev.discern.common.db;

import dev.discern.common.data.Item;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;

/**
 * Reads what became visible since a snapshot. A snapshot is the text of Postgres' own {@code pg_snapshot}: the transactions that had
 * committed. Row numbers or times would not do: a transaction that began earlier may commit later, and its rows would be missed.
 */
public final class ChangeReader {

    private static final int FETCH_ROWS = 10_000;

    /** Rows that a snapshot did not see. The first condition is there for the index. */
    private static final String SINCE =
            "tx >= pg_snapshot_xmin(?::pg_snapshot) and not pg_visible_in_snapshot(tx, ?::pg_snapshot)";

    private final DataSource dataSource;

    /** Over a database with the migrations of this module. */
    public ChangeReader(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Takes changes: forgotten users first, then items, users, and events in the order in which they arrived. */
    public interface Sink {

        /**
         * Everything that was known of a user so far is to be forgotten.
         *
         * @param userIdSha256 of the external id's UTF-8 bytes
         */
        void erased(byte[] userIdSha256);

        /**
         * An item as it is now.
         *
         * @param deleted whether it is gone for good
         */
        void item(Item item, boolean deleted);

        /** The categories that a user likes now. */
        void likes(String userId, List<String> categories);

        /** Something that a user did. */
        void event(String userId, String itemId, Instant time);
    }

    /** The state of the data now. */
    public String snapshot() {
        return Transactions.readOneState(dataSource, "reading the state of the data", ChangeReader::snapshot);
    }

    /** What the transaction of this connection sees. */
    static String snapshot(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_current_snapshot()::text")) {
            row.next();
            return row.getString(1);
        }
    }

    /** Hands over every user's liked categories, whenever they were told. */
    public void likes(Sink sink) {
        String sql = "select external_id, categories from app_user where categories <> '{}'";
        Transactions.run(dataSource, "reading what users like", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(FETCH_ROWS);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        sink.likes(rows.getString(1), ItemStore.strings(rows.getArray(2)));
                    }
                }
            }
            return sink;
        });
    }

    /**
     * Hands over what became visible since {@code snapshot}, and returns the snapshot from which to go on. All of it is one state of the
     * database. Memory is one fetch of rows.
     *
     * @throws SnapshotOfOtherDatabaseException when the snapshot is not one of this database
     * @throws DatabaseException when the database cannot be read; the sink may then have taken a part
     */
    public String since(String snapshot, Sink sink) {
        return Transactions.readOneState(dataSource, "reading what changed", connection -> {
            String now = snapshot(connection);
            requireOfThisDatabase(connection, snapshot);
            erased(connection, snapshot, sink);
            items(connection, snapshot, sink);
            likes(connection, snapshot, sink);
            events(connection, snapshot, sink);
            return now;
        });
    }

    /** A snapshot from the future was taken in another database, or in this one before it was restored from a backup. */
    private static void requireOfThisDatabase(Connection connection, String snapshot) throws SQLException {
        String sql = "select pg_snapshot_xmax(?::pg_snapshot) <= pg_snapshot_xmax(pg_current_snapshot())";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, snapshot);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw new SnapshotOfOtherDatabaseException(snapshot);
                }
            }
        }
    }

    private static void erased(Connection connection, String snapshot, Sink sink) throws SQLException {
        String sql = "select external_id_sha256 from erased_user where " + SINCE;
        read(connection, sql, snapshot, row -> sink.erased(row.getBytes(1)));
    }

    private static void items(Connection connection, String snapshot, Sink sink) throws SQLException {
        String sql = "select %s, deleted_at is not null from item where %s".formatted(ItemStore.COLUMNS, SINCE);
        read(
                connection,
                sql,
                snapshot,
                row -> sink.item(ItemStore.item(row), row.getBoolean(ItemStore.COLUMN_COUNT + 1)));
    }

    private static void likes(Connection connection, String snapshot, Sink sink) throws SQLException {
        String sql = "select external_id, categories from app_user where " + SINCE;
        read(connection, sql, snapshot, row -> sink.likes(row.getString(1), ItemStore.strings(row.getArray(2))));
    }

    private static void events(Connection connection, String snapshot, Sink sink) throws SQLException {
        String sql = """
                select u.external_id, i.external_id, x.event_time
                from (select * from interaction where %s) x
                join app_user u on u.id = x.user_id
                join item i on i.id = x.item_id
                order by x.seq""".formatted(SINCE);
        read(
                connection,
                sql,
                snapshot,
                row -> sink.event(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant()));
    }

    @FunctionalInterface
    private interface RowReader {

        void read(ResultSet row) throws SQLException;
    }

    private static void read(Connection connection, String sql, String snapshot, RowReader reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH_ROWS);
            statement.setString(1, snapshot);
            statement.setString(2, snapshot);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }
}
