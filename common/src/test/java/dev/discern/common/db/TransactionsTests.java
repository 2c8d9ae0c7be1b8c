package dev.discern.common.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TransactionsTests {

    private final SQLException closed = new SQLException("Connection is closed");

    /** A pool that has taken the connection away says so at every further call, without a state that would tell a lost database. */
    @Test
    void whyAConnectionWentIsNotHiddenByWhatItCannotDoAnyMore() {
        SQLException lost = new SQLException("terminating connection", "57P01");

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> Transactions.run(closedAtRollback(), "writing", _ -> {
                    throw lost;
                }))
                .withMessage("writing: terminating connection")
                .satisfies(e -> assertThat(e.getCause()).isSameAs(lost).hasSuppressedException(closed));
    }

    @Test
    void whyAReaderWentIsNotHiddenEither() {
        SQLException lost = new SQLException("terminating connection", "57P01");

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> Transactions.readOneState(closedAtRollback(), "reading", _ -> {
                    throw lost;
                }))
                .satisfies(e -> assertThat(e.getCause()).isSameAs(lost).hasSuppressedException(closed));
    }

    private DataSource closedAtRollback() {
        Connection connection = (Connection) Proxy.newProxyInstance(
                TransactionsTests.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, _) -> switch (method.getName()) {
                    case "getAutoCommit" -> true;
                    case "getTransactionIsolation" -> Connection.TRANSACTION_READ_COMMITTED;
                    case "rollback" -> throw closed;
                    default -> null;
                });
        return (DataSource) Proxy.newProxyInstance(
                TransactionsTests.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (_, method, _) -> method.getName().equals("getConnection") ? connection : null);
    }
}
