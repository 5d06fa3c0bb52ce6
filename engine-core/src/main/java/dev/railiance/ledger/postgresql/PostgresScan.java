package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.jdbc.EventTable;
import dev.railiance.ledger.jdbc.Paging;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * Reads the whole ledger, a page at a time. The driver holds a page in memory, so large payloads are left out of it and
 * fetched one by one.
 */
final class PostgresScan {

    private static final String PAGES = "SELECT position, promotion, sequence, type, version, recorded_at,"
            + " CASE WHEN octet_length(payload) <= 65536 THEN payload END, event_hash, ledger_hash"
            + " FROM event WHERE position > ? ORDER BY position LIMIT ";

    private static final String LARGE = "SELECT payload FROM event WHERE position = ?";

    private PostgresScan() {}

    /** Hands every event after a position to {@code reader}. Positions are taken in the order of commits: nothing is missed. */
    static void scan(Connection connection, long afterPosition, Consumer<StoredEvent> reader) throws SQLException {
        Paging.scan(connection, PAGES, rows -> event(connection, rows), afterPosition, reader);
    }

    private static StoredEvent event(Connection connection, ResultSet rows) throws SQLException {
        String payload = rows.getString(7);
        return EventTable.event(rows, payload != null ? payload : large(connection, rows.getLong(1)));
    }

    private static String large(Connection connection, long position) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LARGE)) {
            select.setLong(1, position);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
