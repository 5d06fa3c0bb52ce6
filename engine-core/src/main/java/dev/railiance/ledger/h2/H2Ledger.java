package dev.railiance.ledger.h2;

import dev.railiance.ledger.LeaseHolder;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.jdbc.HeldLease;
import dev.railiance.ledger.jdbc.LeaseTable;
import dev.railiance.promotion.PromotionId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A ledger embedded in this process: an H2 database in a directory of its own. Processes, and several instances on the same
 * directory, take turns; who waits longer than it has patience for is told who has the ledger. The threads of one instance
 * share a turn, and what they append at the same time comes to the disk together. Between sessions the store stays open for a
 * moment, unless somebody else waits for it.
 */
public final class H2Ledger implements Ledger {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LEASE_TERM = Duration.ofSeconds(30);

    private final H2Directory directory;
    private final Duration patience;
    private final StoreTurns turns;
    private final Duration leaseTerm;
    private final ThreadLocal<H2Session> sessions;
    private final Set<HeldLease> leases = ConcurrentHashMap.newKeySet();
    private final Set<InspectedCopy> inspected = ConcurrentHashMap.newKeySet();

    /** A ledger whose sessions wait five seconds for their turn. */
    public H2Ledger(LedgerLocation.Embedded location) {
        this(location, PATIENCE);
    }

    /** A ledger whose leases last half a minute after their holder was last heard of. */
    public H2Ledger(LedgerLocation.Embedded location, Duration patience) {
        this(location, patience, LEASE_TERM);
    }

    /**
     * A ledger.
     *
     * @param patience how long a session waits for its turn
     * @param leaseTerm how long a lease lasts after its holder was last heard of
     */
    public H2Ledger(LedgerLocation.Embedded location, Duration patience, Duration leaseTerm) {
        this.directory = new H2Directory(location.directory().toAbsolutePath().normalize());
        this.patience = patience;
        this.turns = new StoreTurns(directory, patience);
        this.leaseTerm = leaseTerm;
        this.sessions = ThreadLocal.withInitial(() -> new H2Session(turns));
    }

    @Override
    public LedgerSession open() {
        H2Session session = sessions.get();
        session.enter(true);
        return session;
    }

    @Override
    public Optional<LedgerSession> openExisting() {
        H2Session session = sessions.get();
        return session.enter(false) ? Optional.of(session) : Optional.empty();
    }

    @Override
    public Optional<LedgerSession> inspect() {
        try {
            return openExisting();
        } catch (LedgerException e) {
            if (e.kind() != LedgerException.Kind.DAMAGED) {
                throw e;
            }
            return inspected(e);
        }
    }

    private Optional<LedgerSession> inspected(LedgerException damaged) {
        try {
            InspectedCopy copy = InspectedCopy.of(directory, patience);
            inspected.add(copy);
            return copy.open();
        } catch (LedgerException e) {
            if (e.kind() != LedgerException.Kind.DAMAGED) {
                throw e;
            }
            throw new LedgerException(LedgerException.Kind.UNREADABLE, damaged.explanation(), e);
        }
    }

    @Override
    public Optional<Lease> lease(PromotionId promotion) {
        Optional<LeaseTable.Taken> free = writing((connection, end) ->
                LeaseTable.take(connection, H2Dialect.H2, promotion, LeaseHolder.thisProcess(), leaseTerm));
        return free.map(taken -> {
            HeldLease lease = new HeldLease(
                    taken,
                    leaseTerm,
                    () -> writing((connection, end) ->
                            LeaseTable.renew(connection, H2Dialect.H2, promotion, taken.fence(), leaseTerm)),
                    () -> writing((connection, end) -> {
                        LeaseTable.release(connection, promotion, taken.fence());
                        return true;
                    }),
                    leases::remove);
            leases.add(lease);
            return lease;
        });
    }

    private <T> T writing(WriteQueue.Write<T> work) {
        H2Session session = sessions.get();
        session.enter(true);
        try (session) {
            return session.store().write(work);
        }
    }

    @Override
    public Optional<LeaseHolder> leaseholder(PromotionId promotion) {
        H2Session session = sessions.get();
        if (!session.enter(false)) {
            return Optional.empty();
        }
        try (session) {
            return session.store()
                    .read(connection -> LeaseTable.holder(connection, H2Dialect.H2, promotion, leaseTerm));
        }
    }

    @Override
    public void close() {
        leases.forEach(HeldLease::close);
        Uninterrupted.run(turns::close);
        inspected.forEach(InspectedCopy::close);
    }
}
