package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerException.Kind;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.jdbc.EventTable;
import dev.railiance.ledger.jdbc.LeaseTable;
import dev.railiance.ledger.jdbc.StatusTable;
import dev.railiance.ledger.postgresql.KnownEnd.Ends;
import dev.railiance.ledger.postgresql.KnownEnd.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * One append. In one message to the server if the ledger still ends where this process has left it; otherwise in two: the
 * first asks what the events have to be sealed to and keeps the end of the ledger from others, the second writes everything
 * and commits. In between nothing but the sealing happens.
 */
final class PostgresAppend {

    private static final String END = "SELECT l.format, l.position, l.hash, l.xmin::text,"
            + " (SELECT e.event_hash FROM event e WHERE e.promotion = ? AND e.sequence = ?) FROM ledger l FOR UPDATE";
    private static final String LEASE =
            "SELECT 1 FROM lease WHERE promotion = ? AND fence = ? AND holder IS NOT NULL FOR SHARE; ";

    private final Connection connection;
    private final Entry entry;
    private final KnownEnd known;

    private PostgresAppend(Connection connection, Entry entry, KnownEnd known) {
        this.connection = connection;
        this.entry = entry;
        this.known = known;
    }

    /**
     * Appends an entry durably.
     *
     * @param known where the ledger probably ends; afterwards, where it was left
     * @throws OutcomeUnknown if the connection broke when the entry had been sent
     */
    static void carryOut(Connection connection, Entry entry, KnownEnd known) throws SQLException, OutcomeUnknown {
        boolean done = false;
        try {
            PostgresAppend append = new PostgresAppend(connection, entry, known);
            if (!append.unasked()) {
                append.asking();
            }
            done = true;
        } finally {
            if (!done) {
                known.forget();
            }
        }
    }

    /** Whether it was done without asking first. The server refuses it if the ledger ends elsewhere, and undoes it. */
    private boolean unasked() throws SQLException, OutcomeUnknown {
        Ends guess = known.guess(entry);
        if (guess == null) {
            return false;
        }
        boolean committed = false;
        try {
            write(SealedWrite.WHOLE, guess);
            committed = true;
        } catch (SQLException e) {
            if (!SealedWrite.endsElsewhere(e)) {
                throw e;
            }
            known.wasWrong();
        } finally {
            if (!committed) {
                PostgresTransaction.undoWhatItBegan(connection);
            }
        }
        return committed;
    }

    private void asking() throws SQLException, OutcomeUnknown {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            write(SealedWrite.REST, ends());
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

    private Ends ends(ResultSet rows, StoredEvent first) throws SQLException {
        if (!rows.next()) {
            throw new LedgerException(Kind.DAMAGED, "the shared ledger does not say where it ends");
        }
        PostgresMigrations.requireKnown(rows.getInt(1));
        Place end = new Place(new Head(rows.getLong(2), Hash.of(rows.getBytes(3))), rows.getString(4));
        known.found(end);
        byte[] predecessor = rows.getBytes(5);
        if (predecessor == null && first.sequence() > 0) {
            throw EventTable.gap(first);
        }
        return new Ends(end, predecessor == null ? null : Hash.of(predecessor));
    }

    private void write(SealedWrite kind, Ends ends) throws SQLException, OutcomeUnknown {
        Hash predecessor = ends.predecessor() == null ? Hash.ZERO : ends.predecessor();
        List<StoredEvent> sealed = EventTable.sealed(entry, ends.end().head(), predecessor);
        StoredEvent last = sealed.getLast();
        try {
            String writer = kind.commit(connection, entry, ends, sealed);
            known.left(new Place(EventTable.headAfter(sealed), writer), last);
        } catch (SQLException e) {
            if (PostgresFailure.connectionLost(e)) {
                throw new OutcomeUnknown(last);
            }
            throw refused(e);
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
