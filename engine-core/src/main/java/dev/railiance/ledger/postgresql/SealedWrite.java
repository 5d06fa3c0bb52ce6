package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.jdbc.EventTable;
import dev.railiance.ledger.jdbc.StatusTable;
import dev.railiance.ledger.postgresql.KnownEnd.Ends;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes sealed events with all that belongs to them and commits, in one message. Its first statement moves the end of the
 * ledger, and so keeps it from others until the end of the transaction, before anything else is locked: two appends cannot
 * wait for each other. If ledger or promotion do not end with what the events are sealed to, or the format is not known, the
 * new position is null, which the table refuses; and without a row in {@code ledger} the event has none.
 */
enum SealedWrite {

    /** The whole transaction. */
    WHOLE("BEGIN; "),

    /** The rest of one in which it was asked where the ledger ends. */
    REST("");

    private static final String LAST = "WITH moved AS (UPDATE ledger l SET position = CASE WHEN l.format <= "
            + PostgresMigrations.FORMAT
            + " AND l.xmin::text = ? AND l.position = ? AND l.hash = ? AND COALESCE((SELECT e.event_hash"
            + " FROM event e WHERE e.promotion = ? AND e.sequence = ?), '') = ? THEN ? END, hash = ?"
            + " RETURNING l.position) INSERT INTO event (promotion, sequence, type, version, recorded_at, payload,"
            + " event_hash, ledger_hash, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT position FROM moved))"
            + " RETURNING pg_current_xact_id()::xid::text; ";

    private static final String OTHER = EventTable.INSERT + "; ";
    private static final String STATUS = PostgresDialect.POSTGRES.putStatus() + "; ";
    private static final String DOCUMENT = PostgresDialect.POSTGRES.putDocument() + "; ";

    /** More events than these are sent before, in a message of their own: each number of them is a text to be prepared. */
    private static final int TOGETHER = 8;

    private static final String NOT_NULL_VIOLATION = "23502";

    private static final byte[] NONE = {};

    private final String begin;

    SealedWrite(String begin) {
        this.begin = begin;
    }

    /** Writes the events and commits; answers the number of the transaction. */
    String commit(Connection connection, Entry entry, Ends ends, List<StoredEvent> sealed) throws SQLException {
        StoredEvent last = sealed.getLast();
        List<StoredEvent> others = sealed.subList(0, sealed.size() - 1);
        if (sealed.size() > TOGETHER) {
            insert(connection, others);
            others = List.of();
        }
        String sql = begin
                + LAST
                + OTHER.repeat(others.size())
                + STATUS
                + DOCUMENT.repeat(entry.documents().size())
                + "COMMIT";
        try (PreparedStatement write = connection.prepareStatement(sql)) {
            int next = setLast(write, ends, sealed.getFirst(), last);
            for (StoredEvent other : others) {
                EventTable.set(write, next, other);
                next += EventTable.COLUMNS;
            }
            StatusTable.set(write, next, entry.status());
            next += StatusTable.COLUMNS;
            for (KeptDocument document : entry.documents()) {
                write.setString(next++, document.digest());
                write.setString(next++, document.content());
            }
            write.execute();
            if (this == WHOLE) {
                write.getMoreResults();
            }
            try (ResultSet rows = write.getResultSet()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    /** For who has asked where the ledger ends, and so keeps it from others. */
    private static void insert(Connection connection, List<StoredEvent> sealed) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(EventTable.INSERT)) {
            for (StoredEvent event : sealed) {
                EventTable.set(insert, 1, event);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static int setLast(PreparedStatement write, Ends ends, StoredEvent first, StoredEvent last)
            throws SQLException {
        int next = 1;
        write.setString(next++, ends.end().writer());
        write.setLong(next++, ends.end().head().position());
        write.setBytes(next++, ends.end().head().hash().bytes());
        write.setString(next++, first.promotion().value());
        write.setLong(next++, first.sequence() - 1);
        write.setBytes(
                next++, ends.predecessor() == null ? NONE : ends.predecessor().bytes());
        write.setLong(next++, last.position());
        write.setBytes(next++, last.seal().ledger().bytes());
        write.setString(next++, last.promotion().value());
        write.setLong(next++, last.sequence());
        write.setString(next++, last.type());
        write.setInt(next++, last.version());
        write.setLong(next++, EventTable.micros(last.at()));
        write.setString(next++, last.payload());
        write.setBytes(next++, last.seal().event().bytes());
        write.setBytes(next++, last.seal().ledger().bytes());
        return next;
    }

    /** Whether the server refused it because ledger or promotion do not end with what the events are sealed to. */
    static boolean endsElsewhere(SQLException e) {
        return NOT_NULL_VIOLATION.equals(e.getSQLState());
    }
}
