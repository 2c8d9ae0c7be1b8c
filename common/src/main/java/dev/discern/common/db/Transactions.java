package dev.discern.common.db;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in a transaction, and leaves the connection as it was. */
final class Transactions {

    /** What is done on a connection. */
    @FunctionalInterface
    interface Work<T> {

        T on(Connection connection) throws SQLException;
    }

    /** Leaves a connection as it was. */
    @FunctionalInterface
    private interface Restoring {

        void restore(Connection connection) throws SQLException;
    }

    private Transactions() {}

    /**
     * Commits when the work is done, rolls back when it fails, and leaves the connection as it was.
     *
     * @param what is done, for the message of a failure
     * @throws DatabaseException when the database does not do it
     */
    static <T> T run(DataSource dataSource, String what, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            T result;
            try {
                result = work.on(connection);
                connection.commit();
            } catch (SQLException | RuntimeException | Error e) {
                undo(connection, restored -> restored.setAutoCommit(autoCommit), e);
                throw e;
            }
            connection.setAutoCommit(autoCommit);
            return result;
        } catch (SQLException e) {
            throw new DatabaseException(what, e);
        }
    }

    /** A connection that is gone can do neither; what is thrown then must not hide why it went. */
    private static void undo(Connection connection, Restoring restoring, Throwable failure) {
        try {
            connection.rollback();
            restoring.restore(connection);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Reads one state of the database, however many statements it takes; nothing is written. Results may be streamed.
     *
     * @param what is read, for the message of a failure
     * @throws DatabaseException when the database cannot be read
     */
    static <T> T readOneState(DataSource dataSource, String what, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            int isolation = connection.getTransactionIsolation();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Restoring restoring = restored -> {
                restored.setTransactionIsolation(isolation);
                restored.setAutoCommit(autoCommit);
            };
            T result;
            try {
                result = work.on(connection);
            } catch (SQLException | RuntimeException | Error e) {
                undo(connection, restoring, e);
                throw e;
            }
            connection.rollback();
            restoring.restore(connection);
            return result;
        } catch (SQLException e) {
            throw new DatabaseException(what, e);
        }
    }
}
