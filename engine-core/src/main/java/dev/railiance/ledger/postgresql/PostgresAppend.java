package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerException.Kind;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.jdbc.EventTable;
import dev.railiance.ledger.jdbc.LeaseTable;
import dev.railiance.ledger.jdbc.StatusTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * One append, in two messages to the server: the first asks what the events have to be sealed to and keeps the end of the
 * ledger from others, the second writes everything and commits. In between nothing but the sealing happens.
 */
final class PostgresAppend {

    private static final String END = "SELECT l.format, l.position, l.hash,"
            + " (SELECT e.event_hash FROM event e WHERE e.promotion = ? AND e.sequence = ?) FROM ledger l FOR UPDATE";
    private static final String LEASE =
            "SELECT 1 FROM lease WHERE promotion = ? AND fence = ? AND holder IS NOT NULL FOR SHARE; ";
    private static final String REST = "; " + PostgresDialect.POSTGRES.putStatus() + "; ";
    private static final String DOCUMENT = PostgresDialect.POSTGRES.putDocument() + "; ";
    private static final String COMMIT = "UPDATE ledger SET position = ?, hash = ?; COMMIT";

    private record Ends(Head ledger, Hash predecessor) {}

    private final Connection connection;
    private final Entry entry;

    private PostgresAppend(Connection connection, Entry entry) {
        this.connection = connection;
        this.entry = entry;
    }

    /**
     * Appends an entry durably.
     *
     * @throws OutcomeUnknown if the connection broke after the second message had been sent
     */
    static void carryOut(Connection connection, Entry entry) throws SQLException, OutcomeUnknown {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            PostgresAppend append = new PostgresAppend(connection, entry);
            Ends ends = append.ends();
            append.write(EventTable.sealed(entry, ends.ledger(), ends.predecessor()));
            committed = true;
        } finally {
            if (!committed) {
                PostgresTransaction.undo(connection);
            }
        }
        connection.setAutoCommit(true);
    }

    private Ends ends() throws SQLException {
        StoredEvent first = entry.events().getFirst();
        boolean leased = !entry.fence().equals(Fence.NONE);
        try (PreparedStatement select = connection.prepareStatement(leased ? LEASE + END : END)) {
            int next = 1;
            if (leased) {
                select.setString(next++, first.promotion().value());
                select.setLong(next++, entry.fence().token());
            }
            select.setString(next++, first.promotion().value());
            select.setLong(next, first.sequence() - 1);
            select.execute();
            if (leased) {
                try (ResultSet rows = select.getResultSet()) {
                    if (!rows.next()) {
                        throw LeaseTable.lost(first.promotion());
                    }
                }
                select.getMoreResults();
            }
            try (ResultSet rows = select.getResultSet()) {
                return ends(rows, first);
            }
        }
    }

    private static Ends ends(ResultSet rows, StoredEvent first) throws SQLException {
        if (!rows.next()) {
            throw new LedgerException(Kind.DAMAGED, "the shared ledger does not say where it ends");
        }
        PostgresMigrations.requireKnown(rows.getInt(1));
        byte[] predecessor = rows.getBytes(4);
        if (predecessor == null && first.sequence() > 0) {
            throw EventTable.gap(first);
        }
        return new Ends(
                new Head(rows.getLong(2), Hash.of(rows.getBytes(3))),
                predecessor == null ? Hash.ZERO : Hash.of(predecessor));
    }

    private void write(List<StoredEvent> sealed) throws SQLException, OutcomeUnknown {
        try {
            insertAllButLast(sealed);
            writeLast(sealed.getLast());
        } catch (SQLException e) {
            if (PostgresFailure.connectionLost(e)) {
                throw new OutcomeUnknown(sealed.getLast());
            }
            throw refused(e);
        }
    }

    private void insertAllButLast(List<StoredEvent> sealed) throws SQLException {
        if (sealed.size() == 1) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(EventTable.INSERT)) {
            for (StoredEvent event : sealed.subList(0, sealed.size() - 1)) {
                EventTable.set(insert, 1, event);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void writeLast(StoredEvent last) throws SQLException {
        String sql =
                EventTable.INSERT + REST + DOCUMENT.repeat(entry.documents().size()) + COMMIT;
        try (PreparedStatement write = connection.prepareStatement(sql)) {
            EventTable.set(write, 1, last);
            StatusTable.set(write, EventTable.COLUMNS + 1, entry.status());
            int next = EventTable.COLUMNS + StatusTable.COLUMNS + 1;
            for (KeptDocument document : entry.documents()) {
                write.setString(next++, document.digest());
                write.setString(next++, document.content());
            }
            write.setLong(next++, last.position());
            write.setBytes(next, last.seal().ledger().bytes());
            write.execute();
        }
    }

    /** Which constraint was violated tells who was faster with what. */
    private SQLException refused(SQLException e) {
        if (PostgresDialect.POSTGRES.isDuplicate(e)) {
            switch (PostgresFailure.violated(e).orElse("")) {
                case "event_sequence" -> throw EventTable.taken(entry);
                case "status_open_work" -> throw StatusTable.doubled(entry.status());
                case "status_held_target" -> throw StatusTable.held(entry.status());
                default -> throw new LedgerException(Kind.DAMAGED, "the shared ledger's end does not fit its events");
            }
        }
        return e;
    }

    /** The connection broke while an answer was due: the server may have committed or not. */
    static final class OutcomeUnknown extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient StoredEvent last;

        private OutcomeUnknown(StoredEvent last) {
            super("the connection broke during an append");
            this.last = last;
        }

        /** The last event that was to be appended. */
        StoredEvent last() {
            return last;
        }
    }
}
