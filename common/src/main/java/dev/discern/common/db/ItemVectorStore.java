package dev.discern.common.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Table {@code item_vector}: text vectors by encoder and hash of the text. */
public final class ItemVectorStore {

    private static final int FETCH_ROWS = 1_000;

    private final DataSource dataSource;

    public ItemVectorStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The vectors of those hashes (hexadecimal SHA-256) that are known. */
    public Map<String, float[]> find(String encoder, Collection<String> hashes) {
        String sql = "select content_hash, vector from item_vector where encoder = ? and content_hash = any (?)";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH_ROWS);
            statement.setString(1, encoder);
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "bytea",
                            hashes.stream().map(HexFormat.of()::parseHex).toArray(byte[][]::new)));
            Map<String, float[]> vectors = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Float[] values = (Float[]) row.getArray(2).getArray();
                    float[] vector = new float[values.length];
                    for (int k = 0; k < vector.length; k++) {
                        vector[k] = values[k];
                    }
                    vectors.put(HexFormat.of().formatHex(row.getBytes(1)), vector);
                }
            }
            return vectors;
        } catch (SQLException e) {
            throw new DatabaseException("reading the text vectors of " + encoder, e);
        }
    }

    /** The encoder of most vectors; empty when there is none. */
    public Optional<String> prevailingEncoder() {
        String sql = "select encoder from item_vector group by encoder order by count(*) desc, encoder limit 1";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            throw new DatabaseException("reading which encoder has encoded most", e);
        }
    }

    /** Adds vectors by hash; those that exist stay. Committed when this returns. */
    public void add(String encoder, Map<String, float[]> vectors) {
        String sql = "insert into item_vector (encoder, content_hash, vector) values (?, ?, ?) on conflict do nothing";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Map.Entry<String, float[]> entry : vectors.entrySet()) {
                Float[] values = new Float[entry.getValue().length];
                for (int k = 0; k < values.length; k++) {
                    values[k] = entry.getValue()[k];
                }
                statement.setString(1, encoder);
                statement.setBytes(2, HexFormat.of().parseHex(entry.getKey()));
                statement.setArray(3, connection.createArrayOf("real", values));
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new DatabaseException("writing text vectors of " + encoder, e);
        }
    }
}
