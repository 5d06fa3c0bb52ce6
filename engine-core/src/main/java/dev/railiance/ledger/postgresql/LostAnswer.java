package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerException.Kind;
import dev.railiance.ledger.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;

/**
 * Finds out what became of an append whose connection broke before the server had answered. Appending again without asking
 * could record the same twice, or refuse what has been recorded.
 */
final class LostAnswer {

    private static final long PAUSE_MILLIS = 200;

    private final PostgresConnections connections;
    private final Duration patience;

    LostAnswer(PostgresConnections connections, Duration patience) {
        this.connections = connections;
        this.patience = patience;
    }

    /**
     * Returns if the event was recorded.
     *
     * @throws LedgerException if it was not, or if the server does not come back within the ledger's patience
     */
    void requireRecorded(StoredEvent last, Hash hash) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                if (isRecorded(last, hash)) {
                    return;
                }
                throw new LedgerException(
                        Kind.UNAVAILABLE,
                        "the connection to the shared ledger broke; nothing was recorded, so it can be tried again");
            } catch (SQLException e) {
                if (System.nanoTime() > deadline || !pause()) {
                    throw new LedgerException(
                            Kind.UNAVAILABLE,
                            "the connection to the shared ledger broke while promotion " + last.promotion()
                                    + " was being recorded, and whether that was done cannot be seen now");
                }
            }
        }
    }

    /**
     * The end of the ledger is locked by the lost transaction while it lives: once this has the lock, that has ended. Or it
     * has not begun, its message being still on the way; then a new epoch must have begun before it comes, so that it is
     * refused.
     */
    private boolean isRecorded(StoredEvent last, Hash hash) throws SQLException {
        // Not one of the few that sessions share: all of these may be waiting for the same answer.
        try (Connection connection = connections.connect()) {
            return PostgresTransaction.run(connection, open -> {
                try (Statement statement = open.createStatement()) {
                    statement.execute("SELECT format FROM ledger FOR UPDATE");
                    boolean recorded = isThere(open, last, hash);
                    if (!recorded) {
                        statement.execute("UPDATE ledger SET epoch = epoch + 1");
                    }
                    return recorded;
                }
            });
        }
    }

    private static boolean isThere(Connection connection, StoredEvent last, Hash hash) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT event_hash FROM event WHERE promotion = ? AND sequence = ?")) {
            select.setString(1, last.promotion().value());
            select.setLong(2, last.sequence());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() && Arrays.equals(rows.getBytes(1), hash.bytes());
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
