package dev.discern.scoring.chat;

import dev.discern.common.db.DatabaseException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * Which questions a run is asking right now, so that no other run asks them too: session-level advisory locks of Postgres, all on
 * one connection. Should this process die, the server ends the session and frees them. See {@code docs/adr/0013-paid-calls.md}.
 *
 * <p>A lock is named by the first eight bytes of the question's key: two questions that share them, one in 10^19 pairs, wait for
 * each other and nothing else.
 */
final class Claims implements AutoCloseable {

    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();

    private Claims(Connection connection) {
        this.connection = connection;
    }

    static Claims open(DataSource dataSource) throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(true);
        return new Claims(connection);
    }

    /** Claims a question; false when another run has it. */
    boolean tryClaim(byte[] key) {
        return call("select pg_try_advisory_lock(?)", key);
    }

    /** Lets others have it. */
    void release(byte[] key) {
        if (!call("select pg_advisory_unlock(?)", key)) {
            throw new IllegalStateException("the claim was lost: its database session is not the one that made it");
        }
    }

    private boolean call(String sql, byte[] key) {
        lock.lock();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, ByteBuffer.wrap(key).getLong());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new DatabaseException("claiming a question", e);
        } finally {
            lock.unlock();
        }
    }

    /** Frees everything: the connection goes back to a pool and lives on. */
    @Override
    public void close() throws SQLException {
        try (connection;
                PreparedStatement statement = connection.prepareStatement("select pg_advisory_unlock_all()")) {
            statement.execute();
        }
    }
}
