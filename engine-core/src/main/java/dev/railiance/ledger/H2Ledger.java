package dev.railiance.ledger;

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

    private final H2Directory directory;
    private final Duration patience;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final H2Session session = new H2Session(this);
    private final Set<LeaseFile> leases = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private @Nullable H2Store store;
    private int depth;

    /** A ledger whose sessions wait five seconds for their turn. */
    public H2Ledger(LedgerLocation location) {
        this(location, PATIENCE);
    }

    /**
     * A ledger.
     *
     * @param patience how long a session waits for its turn
     */
    public H2Ledger(LedgerLocation location, Duration patience) {
        this.directory = new H2Directory(location.directory().toAbsolutePath().normalize());
        this.patience = patience;
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
        requireUsable();
        LeaseFile lease = LeaseFile.tryTake(directory, promotion, patience, leases::remove);
        if (lease == null) {
            return Optional.empty();
        }
        leases.add(lease);
        return Optional.of(lease);
    }

    @Override
    public void close() {
        closed = true;
        leases.forEach(LeaseFile::close);
    }
}
