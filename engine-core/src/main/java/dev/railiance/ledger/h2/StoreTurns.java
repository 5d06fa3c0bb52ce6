package dev.railiance.ledger.h2;

import dev.railiance.ledger.LedgerException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store as the threads of one process share it. The first user opens it; after the last one it stays open for a short
 * while, since opening and closing costs more than a dozen appends. It is closed at once where another process waits for its
 * turn and nobody uses it; while it is used without a pause, others wait no longer than a stretch, in which users that are
 * inside come to their end and no new one is let in.
 */
final class StoreTurns {

    private static final Logger LOG = LoggerFactory.getLogger(StoreTurns.class);

    /** How long an unused store stays open while nobody waits for it. */
    private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(200);

    /** How long a store that is used again and again is kept although others wait. */
    private static final long STRETCH = TimeUnit.MILLISECONDS.toNanos(25);

    /** Users come back within this time if they come back at all, as far as somebody who waits is concerned. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

    private final H2Directory directory;
    private final Duration patience;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition storeClosed = mutex.newCondition();
    private @Nullable H2Store store;
    private int users;
    private long unusedSince;
    /** Nobody is let in any more: the store is closed when its last user leaves. */
    private boolean ending;

    private boolean gaveWay;
    private boolean closed;

    StoreTurns(H2Directory directory, Duration patience) {
        this.directory = directory;
        this.patience = patience;
    }

    /** The store, open, for one more user; null if there is no ledger and none is to be made. */
    @Nullable
    H2Store enter(boolean make) {
        long deadline = System.nanoTime() + patience.toNanos();
        lock();
        try {
            H2Store entered = current(make, deadline);
            if (entered != null) {
                users++;
            }
            return entered;
        } finally {
            mutex.unlock();
        }
    }

    private @Nullable H2Store current(boolean make, long deadline) {
        awaitEnd(deadline);
        requireUsable();
        H2Store open = store;
        if (open == null) {
            return opened(make, deadline);
        }
        if (make) {
            makeWritable(open, deadline);
        }
        return open;
    }

    private void makeWritable(H2Store open, long deadline) {
        try {
            if (!open.makeWritable(deadline)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            if (open.failed()) {
                endIfUnused();
            }
        }
    }

    private @Nullable H2Store opened(boolean make, long deadline) {
        if (gaveWay) {
            gaveWay = false;
            directory.letAnotherGoFirst();
        }
        H2Store fresh = make ? H2Store.open(directory, deadline) : H2Store.openExisting(directory, deadline);
        store = fresh;
        if (fresh != null) {
            unusedSince = System.nanoTime();
            Thread.ofPlatform().daemon().name("ledger-turns").start(() -> watch(fresh));
        }
        return fresh;
    }

    private void requireUsable() {
        if (closed) {
            throw new IllegalStateException("the ledger is closed");
        }
    }

    private void lock() {
        try {
            boolean locked = mutex.tryLock() || mutex.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
            while (!locked && directory.copying()) {
                // As long as before: after a copy is done with, it has still to be brought to the disk.
                locked = mutex.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
            }
            if (!locked) {
                throw busy();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits until a store that is ending has been closed. */
    private void awaitEnd(long deadline) {
        try {
            while (store != null && ending) {
                if (storeClosed.awaitNanos(deadline - System.nanoTime()) <= 0) {
                    throw busy();
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static LedgerException busy() {
        return new LedgerException(LedgerException.Kind.BUSY, "another thread of this process keeps the ledger open");
    }

    private static LedgerException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new LedgerException(LedgerException.Kind.BUSY, "interrupted while waiting for the ledger", e);
    }

    /** For a user that is inside already. */
    void makeWritable(H2Store inside) {
        inside.requireNotReadingOnly();
        long deadline = System.nanoTime() + patience.toNanos();
        lock();
        try {
            requireUsable();
            makeWritable(inside, deadline);
        } finally {
            mutex.unlock();
        }
    }

    /** One user less. */
    void leave(H2Store left) {
        mutex.lock();
        try {
            users--;
            unusedSince = System.nanoTime();
            if (closed || left.failed() || (left.age() > STRETCH && left.wantedLately()) || left.grown()) {
                ending = true;
            }
            if (ending) {
                endIfUnused();
            }
        } finally {
            mutex.unlock();
        }
    }

    private void endIfUnused() {
        H2Store leaving = store;
        if (leaving == null || users > 0) {
            ending = leaving != null;
            return;
        }
        gaveWay = !closed && leaving.wanted();
        store = null;
        ending = false;
        try {
            leaving.close();
        } catch (LedgerException e) {
            // What was acknowledged is there; whoever opens the ledger next looks through it.
            LOG.warn("the ledger could not be closed: {}", e.getMessage());
        } finally {
            storeClosed.signalAll();
        }
    }

    /** Closes a store that nobody uses any more, when it has lain open long enough or somebody waits for it. */
    private void watch(H2Store watched) {
        boolean open = true;
        while (open) {
            try {
                Thread.sleep(TimeUnit.NANOSECONDS.toMillis(2 * PAUSE));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            mutex.lock();
            try {
                open = store == watched && !endedWhileUnused(watched);
            } finally {
                mutex.unlock();
            }
        }
    }

    private boolean endedWhileUnused(H2Store watched) {
        long unused = System.nanoTime() - unusedSince;
        if (users > 0 || unused < PAUSE || (unused < LINGER && !watched.wanted())) {
            return false;
        }
        endIfUnused();
        return true;
    }

    /** Lets nobody in any more, and closes the store as soon as nobody uses it. */
    void close() {
        mutex.lock();
        try {
            closed = true;
            endIfUnused();
        } finally {
            mutex.unlock();
        }
    }
}
