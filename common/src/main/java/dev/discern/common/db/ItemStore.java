package dev.discern.common.db;

import dev.discern.common.data.Item;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code item}, one item or all; the import job writes many by COPY. */
public final class ItemStore {

    /** What {@link #item} reads, in its order; an item that was deleted is not available. */
    static final String COLUMNS =
            "external_id, title, categories, description, attributes::text, available and deleted_at is null, expires_at";

    static final int COLUMN_COUNT = 7;

    private static final int FETCH_ROWS = 5_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};

    private final DataSource dataSource;

    public ItemStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The item of this id; empty when there is none or it was deleted. */
    public Optional<Item> find(String id) {
        return Transactions.run(dataSource, "reading an item", connection -> find(connection, id, ""));
    }

    /**
     * Writes an item whole; one that was deleted is there again.
     *
     * @return whether it was not there before
     */
    public boolean put(Item item) {
        return Transactions.run(dataSource, "writing an item", connection -> {
            boolean there = find(connection, item.id(), "for update").isPresent();
            write(connection, item);
            return !there;
        });
    }

    /** Changes an item; empty when there is none. Two changes at a time wait for each other. */
    public Optional<Item> change(String id, UnaryOperator<Item> change) {
        return Transactions.run(dataSource, "changing an item", connection -> {
            Optional<Item> changed = find(connection, id, "for update").map(change);
            if (changed.isPresent()) {
                write(connection, changed.get());
            }
            return changed;
        });
    }

    /**
     * Takes an item out of the catalog for good. What people did with it stays.
     *
     * @return whether it was there
     */
    public boolean delete(String id) {
        String sql =
                "update item set deleted_at = now(), updated_at = now() where external_id = ? and deleted_at is null";
        return Transactions.run(dataSource, "deleting an item", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, id);
                return statement.executeUpdate() > 0;
            }
        });
    }

    private static Optional<Item> find(Connection connection, String id, String lock) throws SQLException {
        String sql = "select %s from item where external_id = ? and deleted_at is null %s".formatted(COLUMNS, lock);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(item(row)) : Optional.empty();
            }
        }
    }

    private static void write(Connection connection, Item item) throws SQLException {
        String sql = """
                insert into item (external_id, title, categories, description, attributes, available, expires_at)
                values (?, ?, ?, ?, ?::jsonb, ?, ?)
                on conflict (external_id) do update
                set title = excluded.title, categories = excluded.categories, description = excluded.description,
                    attributes = excluded.attributes, available = excluded.available, expires_at = excluded.expires_at,
                    deleted_at = null, updated_at = now()""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, item.id());
            statement.setString(2, item.title());
            statement.setArray(
                    3, connection.createArrayOf("text", item.categories().toArray()));
            statement.setString(4, item.description());
            statement.setString(5, JSON.writeValueAsString(item.attributes()));
            statement.setBoolean(6, item.available());
            Instant expiresAt = item.expiresAt();
            statement.setObject(7, expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    /** Hands every item and its row id to {@code consumer}, in the order of {@link dev.discern.common.data.IdIndex#ORDER}. */
    public void forEach(ObjLongConsumer<Item> consumer) {
        String sql = "select %s, id from item order by external_id collate \"C\"".formatted(COLUMNS);
        Transactions.readOneState(dataSource, "reading the items", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(FETCH_ROWS);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        consumer.accept(item(rows), rows.getLong(COLUMN_COUNT + 1));
                    }
                }
            }
            return consumer;
        });
    }

    /** The item of a row that begins with {@link #COLUMNS}. */
    static Item item(ResultSet row) throws SQLException {
        OffsetDateTime expiresAt = row.getObject(7, OffsetDateTime.class);
        return new Item(
                row.getString(1),
                row.getString(2),
                strings(row.getArray(3)),
                row.getString(4),
                JSON.readValue(row.getString(5), ATTRIBUTES),
                row.getBoolean(6),
                expiresAt == null ? null : expiresAt.toInstant());
    }

    static List<String> strings(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
