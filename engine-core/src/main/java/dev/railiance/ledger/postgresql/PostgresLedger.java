package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LeaseHolder;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.SharedLocation;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.jdbc.HeldLease;
import dev.railiance.ledger.jdbc.LeaseTable;
import dev.railiance.promotion.PromotionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A ledger on a PostgreSQL server. Sessions of different threads and processes do not wait for each other: only appends take
 * turns, each for as long as it takes to write and commit.
 */
public final class PostgresLedger implements Ledger {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LEASE_TERM = Duration.ofSeconds(30);

    private final SharedLocation location;
    private final Duration patience;
    private final Duration leaseTerm;
    private final PostgresConnections connections;
    private final KnownHashes known = new KnownHashes();
    private final Map<Thread, PostgresSession> sessions = new ConcurrentHashMap<>();
    private final Set<HeldLease> leases = ConcurrentHashMap.newKeySet();
    private volatile boolean ready;
    private volatile boolean closed;

    /** A ledger whose leases last half a minute after their holder was last heard of. */
    public PostgresLedger(SharedLocation location) {
        this(location, PATIENCE, LEASE_TERM);
    }

    /**
     * A ledger.
     *
     * @param patience how long an append waits for its turn, and how long a server that is gone is waited for where that
     *     matters
     * @param leaseTerm how long a lease lasts after its holder was last heard of
     */
    public PostgresLedger(SharedLocation location, Duration patience, Duration leaseTerm) {
        this.location = location;
        this.patience = patience;
        this.leaseTerm = leaseTerm;
        this.connections = new PostgresConnections(location, patience);
    }

    @Override
    public LedgerSession open() {
        return enter(true).orElseThrow();
    }

    @Override
    public Optional<LedgerSession> openExisting() {
        return enter(false).map(session -> session);
    }

    private Optional<PostgresSession> enter(boolean make) {
        if (closed) {
            throw new IllegalStateException("the ledger is closed");
        }
        PostgresSession open = sessions.get(Thread.currentThread());
        if (open != null) {
            return Optional.of(open.entered(make));
        }
        Connection connection = null;
        PostgresSession session = null;
        try {
            connection = connections.take();
            if (isReady(connection, make)) {
                session = new PostgresSession(this, connection);
                sessions.put(Thread.currentThread(), session);
                return Optional.of(session.entered(make));
            }
            return Optional.empty();
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            if (session == null && connection != null) {
                connections.giveBack(connection);
            }
        }
    }

    /** Whether there is a ledger in today's format, made now if that is wanted. */
    private boolean isReady(Connection connection, boolean make) throws SQLException {
        if (!ready) {
            int format = PostgresMigrations.format(connection, location.schema());
            if (format == 0 && !make) {
                return false;
            }
            if (format < PostgresMigrations.FORMAT) {
                PostgresTransaction.run(connection, open -> {
                    PostgresMigrations.migrate(open, location.schema());
                    return true;
                });
            }
            ready = true;
        }
        return true;
    }

    /** Appends an entry durably. */
    void append(Connection connection, Entry entry) throws SQLException, PostgresAppend.OutcomeUnknown {
        PostgresAppend.carryOut(connection, entry, known);
    }

    /** One that works for one that has broken. */
    Connection inPlaceOf(Connection broken) {
        return connections.inPlaceOf(broken);
    }

    void left(PostgresSession session, Connection connection) {
        sessions.values().remove(session);
        connections.giveBack(connection);
    }

    /** What the driver reports, as the port says it. */
    LedgerException failure(SQLException e) {
        if (PostgresFailure.connectionLost(e)) {
            connections.forgetResting();
        }
        return PostgresFailure.of(e);
    }

    /** Finds out what became of an append whose answer was lost, and throws unless it was carried out. */
    void requireRecorded(StoredEvent last, Hash hash) {
        connections.forgetResting();
        new LostAnswer(connections, patience).requireRecorded(last, hash);
    }

    @Override
    public boolean remembers(PromotionId promotion, long sequence) {
        return known.before(promotion, sequence + 1).isPresent();
    }

    @Override
    public Optional<Lease> lease(PromotionId promotion) {
        Optional<LeaseTable.Taken> free = writing(connection ->
                LeaseTable.take(connection, PostgresDialect.POSTGRES, promotion, LeaseHolder.thisProcess(), leaseTerm));
        return free.map(taken -> {
            HeldLease lease = new HeldLease(
                    taken,
                    leaseTerm,
                    () -> writing(connection -> LeaseTable.renew(
                            connection, PostgresDialect.POSTGRES, promotion, taken.fence(), leaseTerm)),
                    () -> writing(connection -> {
                        LeaseTable.release(connection, promotion, taken.fence());
                        return true;
                    }),
                    leases::remove);
            leases.add(lease);
            return lease;
        });
    }

    private <T> T writing(PostgresTransaction.Work<T> work) {
        try (PostgresSession session = enter(true).orElseThrow()) {
            return session.write(work);
        }
    }

    @Override
    public Optional<LeaseHolder> leaseholder(PromotionId promotion) {
        Optional<PostgresSession> looking = enter(false);
        if (looking.isEmpty()) {
            return Optional.empty();
        }
        try (PostgresSession session = looking.get()) {
            return session.read(
                    connection -> LeaseTable.holder(connection, PostgresDialect.POSTGRES, promotion, leaseTerm));
        }
    }

    /** Closes the connections that are not in use now; the others are closed with their sessions. */
    @Override
    public void close() {
        leases.forEach(HeldLease::close);
        closed = true;
        connections.close();
    }
}
