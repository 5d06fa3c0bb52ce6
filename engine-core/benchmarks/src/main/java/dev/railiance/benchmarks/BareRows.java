package dev.railiance.benchmarks;

import dev.railiance.ledger.StatusRow;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.jdbc.EventTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes the ledger's rows with statements that are prepared once, and nothing else: what the engine is measured by. */
final class BareRows {

    private final Store.Bare database;
    private final Connection connection;
    private final AtomicLong positions;
    private final PreparedStatement event;
    private final PreparedStatement firstStatus;
    private final PreparedStatement nextStatus;
    private final @Nullable PreparedStatement head;

    /**
     * Rows by a connection.
     *
     * @param withHead whether the row that says where the ledger ends is written too, where the store has one
     */
    BareRows(Store.Bare database, Connection connection, AtomicLong positions, boolean withHead) throws SQLException {
        this.database = database;
        this.connection = connection;
        this.positions = positions;
        event = connection.prepareStatement("INSERT INTO event (position, promotion, sequence, type, version,"
                + " recorded_at, payload, event_hash, ledger_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        firstStatus = connection.prepareStatement("INSERT INTO status (app, environment, phase, ended, held_target,"
                + " artifact_digest, contract_digest, sequence, opened_at, updated_at, summary, document, open_work,"
                + " promotion) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        nextStatus = connection.prepareStatement("UPDATE status SET app = ?, environment = ?, phase = ?, ended = ?,"
                + " held_target = ?, artifact_digest = ?, contract_digest = ?, sequence = ?, opened_at = ?,"
                + " updated_at = ?, summary = ?, document = ?, open_work = ? WHERE promotion = ?");
        head = withHead && database.keepsHead()
                ? connection.prepareStatement("UPDATE ledger SET position = ?, hash = ?")
                : null;
    }

    /** Writes and commits them. */
    void write(Recorded rows) throws SQLException {
        add(rows);
        database.commit(connection);
    }

    /** Writes them, and leaves committing to the caller. */
    void add(Recorded rows) throws SQLException {
        for (StoredEvent stored : rows.events()) {
            event.setLong(1, positions.incrementAndGet());
            event.setString(2, stored.promotion().value());
            event.setLong(3, stored.sequence());
            event.setString(4, stored.type());
            event.setInt(5, stored.version());
            event.setLong(6, EventTable.micros(stored.at()));
            event.setString(7, stored.payload());
            event.setBytes(8, stored.seal().event().bytes());
            event.setBytes(9, stored.seal().ledger().bytes());
            event.executeUpdate();
        }
        boolean first = rows.events().getFirst().sequence() == 0;
        put(first ? firstStatus : nextStatus, rows.status());
        if (head != null) {
            head.setLong(1, positions.get());
            head.setBytes(2, rows.events().getLast().seal().ledger().bytes());
            head.executeUpdate();
        }
    }

    private static void put(PreparedStatement put, StatusRow row) throws SQLException {
        put.setString(1, row.target().app());
        put.setString(2, row.target().environment());
        put.setString(3, row.phase().name());
        put.setBoolean(4, row.phase().end());
        put.setString(5, row.phase().inFlight() ? row.target().toString() : null);
        put.setString(6, row.artifactDigest());
        put.setString(7, row.contractDigest());
        put.setLong(8, row.sequence());
        put.setLong(9, EventTable.micros(row.openedAt()));
        put.setLong(10, EventTable.micros(row.updatedAt()));
        put.setString(11, row.summary());
        put.setString(12, row.document());
        put.setString(
                13, row.phase().end() ? null : row.target() + " " + row.artifactDigest() + " " + row.contractDigest());
        put.setString(14, row.promotion().value());
        put.executeUpdate();
    }
}
