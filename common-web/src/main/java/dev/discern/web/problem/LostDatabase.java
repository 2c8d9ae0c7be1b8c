package dev.discern.web.problem;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;

/** Tells a database that cannot be reached from other failures. */
final class LostDatabase {

    /** Class of SQL states for failed and lost connections (ISO/IEC 9075). */
    private static final String CONNECTION = "08";

    /** Postgres: it shuts down, crashed, or is starting. */
    private static final String SHUTDOWN = "57P";

    private LostDatabase() {}

    static boolean isCauseOf(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isLost(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLost(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || (state != null && (state.startsWith(CONNECTION) || state.startsWith(SHUTDOWN)));
    }
}
