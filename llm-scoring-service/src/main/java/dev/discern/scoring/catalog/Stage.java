package dev.discern.scoring.catalog;

import dev.discern.common.db.Copy;
import dev.discern.scoring.catalog.file.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows of one file of one import, in a table of their own between the file and the catalog: so that everything wrong with a
 * file is known before the catalog is touched, and merging is a few statements over sets of rows. A row's key is its line in
 * the file, which is its order of arrival.
 *
 * <p>All methods work in the caller's transaction.
 */
abstract class Stage<T> {

    private final JdbcTemplate jdbc;
    private final String table;

    /** The stage in {@code table}, a name that never comes from outside. */
    Stage(JdbcTemplate jdbc, String table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    /** The columns of the table as {@code create table} wants them, without the key. */
    abstract String definition();

    /** The names of the columns in the order of {@link #write}. */
    abstract String columns();

    abstract void write(Copy copy, T value) throws SQLException;

    /** Brings the rows after line {@code after}, up to and including line {@code last}, into the catalog. */
    abstract Changes merge(long after, long last);

    /** What {@link #merge} of all rows would do. */
    abstract Changes preview();

    final String table() {
        return table;
    }

    final JdbcTemplate jdbc() {
        return jdbc;
    }

    final void create() {
        jdbc.execute("create table if not exists %s (line bigint primary key, %s)".formatted(table, definition()));
    }

    final boolean isEmpty() {
        return count("select count(*) from (select from %s limit 1) any_row".formatted(table)) == 0;
    }

    final void clear() {
        jdbc.execute("truncate " + table);
    }

    final void drop() {
        jdbc.execute("drop table if exists " + table);
    }

    /** Tells the planner what the table holds. */
    final void analyze() {
        jdbc.execute("analyze " + table);
    }

    final void add(List<Row.Accepted<T>> rows) {
        jdbc.execute((ConnectionCallback<Long>) connection -> copy(connection, rows));
    }

    private long copy(Connection connection, List<Row.Accepted<T>> rows) throws SQLException {
        try (Copy copy = new Copy(connection, "%s (line, %s)".formatted(table, columns()))) {
            for (Row.Accepted<T> row : rows) {
                copy.number(row.line());
                write(copy, row.value());
                copy.endRow();
            }
            return copy.finish();
        }
    }

    /** The line of the {@code rows}-th row after line {@code after}, or of the last one; empty when there is none. */
    final OptionalLong endOfChunk(long after, int rows) {
        Long last = jdbc.queryForObject(
                "select max(line) from (select line from %s where line > ? order by line limit ?) chunk"
                        .formatted(table),
                Long.class,
                after,
                rows);
        return last == null ? OptionalLong.empty() : OptionalLong.of(last);
    }

    final long count() {
        return count("select count(*) from " + table);
    }

    final long count(String sql, Object... arguments) {
        Long count = jdbc.queryForObject(sql, Long.class, arguments);
        return count == null ? 0 : count;
    }
}
