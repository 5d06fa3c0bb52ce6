package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerException.Kind;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.jdbc.EventTable;
import dev.railiance.ledger.jdbc.LeaseTable;
import dev.railiance.ledger.jdbc.StatusTable;
import dev.railiance.ledger.postgresql.KnownHashes.Ground;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One append: in one message to the server, if this process has appended to the promotion before and nobody else since;
 * otherwise after a question.
 */
final class PostgresAppend {

    /** What is asked for is right unless others append to the same promotion, or lose their connections, all the time. */
    private static final int ATTEMPTS = 3;

    private static final String GROUND = "SELECT l.format, l.epoch,"
            + " (SELECT e.event_hash FROM event e WHERE e.promotion = ? AND e.sequence = ?) FROM ledger l";

    private final Connection connection;
    private final Entry entry;
    private final StoredEvent first;
    private final KnownHashes known;

    private PostgresAppend(Connection connection, Entry entry, KnownHashes known) {
        this.connection = connection;
        this.entry = entry;
        this.first = entry.events().getFirst();
        this.known = known;
    }

    /**
     * Appends an entry durably.
     *
     * @param known what the process has seen of the ledger; afterwards, with what was appended
     * @throws OutcomeUnknown if the connection broke when the entry had been sent
     */
    static void carryOut(Connection connection, Entry entry, KnownHashes known) throws SQLException, OutcomeUnknown {
        boolean done = false;
        try {
            new PostgresAppend(connection, entry, known).carryOut();
            done = true;
        } finally {
            if (!done) {
                known.forget(entry.status().promotion());
            }
        }
    }

    private void carryOut() throws SQLException, OutcomeUnknown {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Ground> guess = known.before(first.promotion(), first.sequence());
            if (guess.isPresent() || !entry.unread()) {
                if (written(guess.isPresent() ? guess.get() : ground())) {
                    return;
                }
                known.forget(first.promotion());
            }
            if (entry.unread()) {
                throw EventTable.taken(entry);
            }
        }
        throw new LedgerException(Kind.DAMAGED, "the shared ledger refuses what fits its events");
    }

    private Ground ground() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(GROUND)) {
            select.setString(1, first.promotion().value());
            select.setLong(2, first.sequence() - 1);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new LedgerException(Kind.DAMAGED, "the shared ledger does not say where it ends");
                }
                PostgresMigrations.requireKnown(rows.getInt(1));
                byte[] predecessor = rows.getBytes(3);
                if (predecessor == null && first.sequence() > 0) {
                    throw EventTable.gap(first);
                }
                Ground ground = new Ground(rows.getLong(2), predecessor == null ? Hash.ZERO : Hash.of(predecessor));
                known.found(ground);
                return ground;
            }
        }
    }

    /** Whether the server has taken it; if not, something has changed since it was asked, and nothing was written. */
    private boolean written(Ground ground) throws SQLException, OutcomeUnknown {
        List<Hash> hashes = hashes(ground.predecessor());
        boolean committed = false;
        try {
            new SealedWrite(entry, hashes, ground).commit(connection);
            known.appended(entry.events().getLast(), hashes.getLast());
            committed = true;
            return true;
        } catch (SQLException e) {
            if (SealedWrite.groundIsGone(e)) {
                return false;
            }
            if (PostgresFailure.connectionLost(e)) {
                throw new OutcomeUnknown(entry.events().getLast(), hashes.getLast());
            }
            throw refused(e);
        } finally {
            if (!committed) {
                PostgresTransaction.undoWhatItBegan(connection);
            }
        }
    }

    private List<Hash> hashes(Hash predecessor) {
        List<Hash> hashes = new ArrayList<>(entry.events().size());
        Hash previous = predecessor;
        for (StoredEvent event : entry.events()) {
            previous = EventSeal.event(event, previous);
            hashes.add(previous);
        }
        return hashes;
    }

    /** Which constraint was violated tells who was faster with what. */
    private SQLException refused(SQLException e) {
        if (SealedWrite.leaseIsLost(e)) {
            throw LeaseTable.lost(first.promotion());
        }
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
        private final transient Hash hash;

        private OutcomeUnknown(StoredEvent last, Hash hash) {
            super("the connection broke during an append");
            this.last = last;
            this.hash = hash;
        }

        /** The last event that was to be appended. */
        StoredEvent last() {
            return last;
        }

        /** Its hash, by which it is told from another one in its place. */
        Hash hash() {
            return hash;
        }
    }
}
