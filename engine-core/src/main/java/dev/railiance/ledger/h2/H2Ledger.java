package dev.railiance.ledger.h2;

import dev.railiance.ledger.Fence;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A ledger embedded in this process: an H2 database in a directory of its own. Processes, threads and several instances on
 * the same directory take turns, session by session; who waits longer than it has patience for is told who has the ledger.
 */
public final class H2Ledger implements Ledger {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LEASE_TERM = Duration.ofSeconds(30);

    private final H2Directory directory;
    private final Duration patience;
    private final Duration leaseTerm;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final H2Session session = new H2Session(this);
    private final Set<HeldLease> leases = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private @Nullable H2Store store;
    private int depth;

    /** A ledger whose sessions wait five seconds for their turn. */
    public H2Ledger(LedgerLocation location) {
        this(location, PATIENCE);
    }

    /** A ledger whose leases last half a minute after their holder was last heard of. */
    public H2Ledger(LedgerLocation location, Duration patience) {
        this(location, patience, LEASE_TERM);
    }

    /**
     * A ledger.
     *
     * @param patience how long a session waits for its turn
     * @param leaseTerm how long a lease lasts after its holder was last heard of
     */
    public H2Ledger(LedgerLocation location, Duration patience, Duration leaseTerm) {
        this.directory = new H2Directory(location.directory().toAbsolutePath().normalize());
        this.patience = patience;
        this.leaseTerm = leaseTerm;
    }

    @Override
    public LedgerSession open() {
        enter(true);
        return session;
    }

    @Override
    public Optional<LedgerSession> openExisting() {
        return enter(false) ? Optional.of(session) : Optional.empty();
    }

    /** Whether a session is open now. */
    private boolean enter(boolean make) {
        requireUsable();
        long deadline = System.nanoTime() + patience.toNanos();
        waitForThisInstance();
        boolean entered = false;
        try {
            if (depth == 0) {
                store = make ? H2Store.open(directory, deadline) : H2Store.openExisting(directory, deadline);
            } else if (make && store != null) {
                store.makeWritable();
            }
            entered = store != null;
            if (entered) {
                depth++;
            }
            return entered;
        } finally {
            if (!entered) {
                turn.unlock();
            }
        }
    }

    private void requireUsable() {
        if (closed) {
            throw new IllegalStateException("the ledger is closed");
        }
    }

    private void waitForThisInstance() {
        try {
            if (!turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new LedgerException(
                        LedgerException.Kind.BUSY, "another thread of this process keeps the ledger open");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException(LedgerException.Kind.BUSY, "interrupted while waiting for the ledger", e);
        }
    }

    void leave() {
        if (!turn.isHeldByCurrentThread()) {
            return;
        }
        H2Store leaving = depth == 1 ? store : null;
        depth--;
        try {
            if (leaving != null) {
                store = null;
                leaving.close();
            }
        } finally {
            turn.unlock();
        }
    }

    /** The open store, for the thread that opened it. */
    H2Store store() {
        H2Store open = turn.isHeldByCurrentThread() ? store : null;
        if (open == null) {
            throw new IllegalStateException("the session is closed, or another thread's");
        }
        return open;
    }

    @Override
    public Optional<Lease> lease(PromotionId promotion) {
        Optional<Fence> taken = writing(connection ->
                LeaseTable.take(connection, H2Dialect.H2, promotion, LeaseHolder.thisProcess(), leaseTerm));
        return taken.map(fence -> {
            HeldLease lease = new HeldLease(
                    fence,
                    leaseTerm,
                    () -> writing(
                            connection -> LeaseTable.renew(connection, H2Dialect.H2, promotion, fence, leaseTerm)),
                    () -> writing(connection -> {
                        LeaseTable.release(connection, promotion, fence);
                        return true;
                    }),
                    leases::remove);
            leases.add(lease);
            return lease;
        });
    }

    private <T> T writing(H2Store.Work<T> work) {
        try (LedgerSession writing = open()) {
            return store().write(work);
        }
    }

    @Override
    public Optional<LeaseHolder> leaseholder(PromotionId promotion) {
        Optional<LedgerSession> looking = openExisting();
        if (looking.isEmpty()) {
            return Optional.empty();
        }
        try (LedgerSession open = looking.get()) {
            return store().read(connection -> LeaseTable.holder(connection, H2Dialect.H2, promotion));
        }
    }

    @Override
    public void close() {
        leases.forEach(HeldLease::close);
        closed = true;
    }
}
