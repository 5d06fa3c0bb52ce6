package dev.railiance.ledger.postgresql;

import java.sql.Connection;
import java.sql.SQLException;

/** Several statements together; a single one is a transaction by itself. */
final class PostgresTransaction {

    private PostgresTransaction() {}

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Does all of the work or nothing. */
    static <T> T run(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            T result = work.on(connection);
            connection.commit();
            done = true;
            connection.setAutoCommit(true);
            return result;
        } finally {
            if (!done) {
                undo(connection);
            }
        }
    }

    /** Takes back what was not committed. A connection that cannot even do that is broken, and nobody will use it again. */
    static void undo(Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            return;
        }
    }

    /** The same for statements that have begun a transaction of which the driver did not know. */
    static void undoWhatItBegan(Connection connection) {
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            return;
        }
        undo(connection);
    }
}
