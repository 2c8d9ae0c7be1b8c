package dev.discern.common.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Counts of the data, and a short name of its state: the name changes whenever an item, a user or an interaction does.
 *
 * @param name for job parameters: work on other data is other work
 */
public record DataVersion(long users, long items, long interactions, String name) {

    /**
     * The state of the data now.
     *
     * @throws DatabaseException when the database cannot be read
     */
    public static DataVersion read(DataSource dataSource) {
        String sql = """
                select (select count(*) from app_user),
                       (select count(*) from item),
                       (select coalesce(extract(epoch from max(updated_at)) * 1e6, 0)::bigint from item),
                       count(*), coalesce(max(seq), 0)
                from interaction""";
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            long users = row.getLong(1);
            long items = row.getLong(2);
            long interactions = row.getLong(4);
            String name = "%d-%d-%x-%d-%d".formatted(users, items, row.getLong(3), interactions, row.getLong(5));
            return new DataVersion(users, items, interactions, name);
        } catch (SQLException e) {
            throw new DatabaseException("reading the state of the data", e);
        }
    }
}
