package dev.discern.common.db;

import dev.discern.common.data.Item;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import javax.sql.DataSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads table {@code item}; the import job writes it by COPY. */
public final class ItemStore {

    private static final int FETCH_ROWS = 5_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};

    private final DataSource dataSource;

    public ItemStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Hands every item and its row id to {@code consumer}, in the order of {@link dev.discern.common.data.IdIndex#ORDER}. */
    public void forEach(ObjLongConsumer<Item> consumer) {
        String sql = """
                select id, external_id, title, categories, description, attributes::text, available
                from item order by external_id collate "C\"""";
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false); // the driver streams only inside a transaction
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(FETCH_ROWS);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        consumer.accept(item(rows), rows.getLong(1));
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw new DatabaseException("reading the items", e);
        }
    }

    private static Item item(ResultSet row) throws SQLException {
        return new Item(
                row.getString(2),
                row.getString(3),
                strings(row.getArray(4)),
                row.getString(5),
                JSON.readValue(row.getString(6), ATTRIBUTES),
                row.getBoolean(7));
    }

    private static List<String> strings(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
