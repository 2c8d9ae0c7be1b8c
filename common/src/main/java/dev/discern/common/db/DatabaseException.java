package dev.discern.common.db;

import java.sql.SQLException;

/** The database could not do what was asked; the message says what that was. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseException(String what, SQLException cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
