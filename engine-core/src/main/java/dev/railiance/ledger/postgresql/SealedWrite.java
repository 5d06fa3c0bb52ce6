package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.jdbc.EventTable;
import dev.railiance.ledger.jdbc.StatusTable;
import dev.railiance.ledger.postgresql.KnownHashes.Ground;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes events with all that belongs to them. The server gives them their place and their hash in the ledger's chain ({@link
 * dev.railiance.ledger.EventSeal}), so that nobody has to know where the ledger ends to append. The lease is locked first,
 * then the status, then the ledger's only row: two appends cannot wait for each other, and the row that all of them need is
 * held no longer than it must be. If the promotion does not end
 * with what the events are sealed to, if the epoch has changed, or the format is not known, the new position is null, which
 * the table refuses; and without a row in {@code ledger} the event has none.
 */
final class SealedWrite {

    private static final String HASH = "hash = sha256(l.hash || int8send(l.position + 1) || ?)";

    private static final String EVENT = " RETURNING l.position, l.hash) INSERT INTO event (promotion, sequence, type,"
            + " version, recorded_at, payload, event_hash, position, ledger_hash) VALUES (?, ?, ?, ?, ?, ?, ?,"
            + " (SELECT position FROM moved), (SELECT hash FROM moved))";

    private static final String FIRST = "WITH moved AS (UPDATE ledger l SET " + HASH
            + ", position = CASE WHEN l.format <= " + PostgresMigrations.FORMAT
            + " AND l.epoch = ? AND COALESCE((SELECT e.event_hash FROM event e WHERE e.promotion = ? AND e.sequence = ?),"
            + " '') = ? THEN l.position + 1 END" + EVENT;

    private static final String NEXT =
            "WITH moved AS (UPDATE ledger l SET " + HASH + ", position = l.position + 1" + EVENT;

    /** Fails, by a division by zero, unless the lease is held. */
    private static final String LEASE = "SELECT 1 / count(*) FROM (SELECT 1 FROM lease"
            + " WHERE promotion = ? AND fence = ? AND holder IS NOT NULL FOR SHARE) held";

    /** More events than these are imported: sent in a batch, since each number of them is a text to be prepared. */
    private static final int TOGETHER = 8;

    private static final String NOT_NULL_VIOLATION = "23502";
    private static final String DIVISION_BY_ZERO = "22012";

    private static final byte[] NONE = {};

    private final Entry entry;
    private final List<Hash> hashes;
    private final Ground ground;

    /**
     * What is to be written.
     *
     * @param hashes of the events, in their order
     */
    SealedWrite(Entry entry, List<Hash> hashes, Ground ground) {
        this.entry = entry;
        this.hashes = hashes;
        this.ground = ground;
    }

    /** Writes it and commits: in one message, if it is not an import. */
    void commit(Connection connection) throws SQLException {
        int events = entry.events().size();
        if (events <= TOGETHER) {
            String sql = "BEGIN; " + start() + ("; " + NEXT).repeat(events - 1) + end() + "; COMMIT";
            try (PreparedStatement write = connection.prepareStatement(sql)) {
                int next = setStart(write);
                for (int i = 1; i < events; i++) {
                    next = setEvent(write, setHash(write, next, i), i);
                }
                setEnd(write, next);
                write.execute();
            }
            return;
        }
        PostgresTransaction.run(connection, open -> {
            try (PreparedStatement write = open.prepareStatement(start() + end());
                    PreparedStatement more = open.prepareStatement(NEXT)) {
                setEnd(write, setStart(write));
                write.execute();
                for (int i = 1; i < events; i++) {
                    setEvent(more, setHash(more, 1, i), i);
                    more.addBatch();
                }
                more.executeBatch();
            }
            return true;
        });
    }

    private String start() {
        return (leased() ? LEASE + "; " : "") + PostgresDialect.POSTGRES.putStatus() + "; " + FIRST;
    }

    private String end() {
        return ("; " + PostgresDialect.POSTGRES.putDocument())
                .repeat(entry.documents().size());
    }

    private boolean leased() {
        return !entry.fence().equals(Fence.NONE);
    }

    private int setStart(PreparedStatement write) throws SQLException {
        StoredEvent first = entry.events().getFirst();
        int next = 1;
        if (leased()) {
            write.setString(next++, first.promotion().value());
            write.setLong(next++, entry.fence().token());
        }
        StatusTable.set(write, next, entry.status());
        next = setHash(write, next + StatusTable.COLUMNS, 0);
        write.setLong(next++, ground.epoch());
        write.setString(next++, first.promotion().value());
        write.setLong(next++, first.sequence() - 1);
        write.setBytes(
                next++, first.sequence() == 0 ? NONE : ground.predecessor().bytes());
        return setEvent(write, next, 0);
    }

    private int setHash(PreparedStatement write, int next, int event) throws SQLException {
        write.setBytes(next, hashes.get(event).bytes());
        return next + 1;
    }

    private int setEvent(PreparedStatement write, int from, int which) throws SQLException {
        StoredEvent event = entry.events().get(which);
        int next = from;
        write.setString(next++, event.promotion().value());
        write.setLong(next++, event.sequence());
        write.setString(next++, event.type());
        write.setInt(next++, event.version());
        write.setLong(next++, EventTable.micros(event.at()));
        write.setString(next++, event.payload());
        return setHash(write, next, which);
    }

    private void setEnd(PreparedStatement write, int from) throws SQLException {
        int next = from;
        for (KeptDocument document : entry.documents()) {
            write.setString(next++, document.digest());
            write.setString(next++, document.content());
        }
    }

    /** Whether the server refused it because the promotion does not end with what the events are sealed to, or so. */
    static boolean groundIsGone(SQLException e) {
        return NOT_NULL_VIOLATION.equals(e.getSQLState());
    }

    /** Whether the server refused it because the lease is not held. */
    static boolean leaseIsLost(SQLException e) {
        return DIVISION_BY_ZERO.equals(e.getSQLState());
    }
}
