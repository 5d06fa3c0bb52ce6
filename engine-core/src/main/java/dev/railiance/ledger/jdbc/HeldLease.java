package dev.railiance.ledger.jdbc;

import dev.railiance.ledger.Fence;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease that is renewed three times in its term, by a thread of its own, until it is closed or lost. */
public final class HeldLease implements Ledger.Lease {

    private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);

    private final LeaseTable.Taken taken;
    private final Runnable release;
    private final Consumer<HeldLease> whenClosed;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * A lease that was just taken.
     *
     * @param renew lets it run on; false if somebody has taken over
     * @param release gives it back
     * @param whenClosed told when it is given back
     */
    public HeldLease(
            LeaseTable.Taken taken,
            Duration term,
            BooleanSupplier renew,
            Runnable release,
            Consumer<HeldLease> whenClosed) {
        this.taken = taken;
        this.release = release;
        this.whenClosed = whenClosed;
        Thread.ofPlatform().daemon().name("lease-" + fence().token()).start(() -> keep(term.dividedBy(3), renew));
    }

    private void keep(Duration pause, BooleanSupplier renew) {
        boolean held = true;
        while (held && !closedWithin(pause)) {
            try {
                held = renew.getAsBoolean();
            } catch (LedgerException | IllegalStateException e) {
                // There are two more tries in this term, and whoever is too late is refused by his fence.
                LOG.warn("a lease could not be renewed: {}", e.getMessage());
            }
        }
    }

    private boolean closedWithin(Duration pause) {
        try {
            return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public Fence fence() {
        return taken.fence();
    }

    @Override
    public boolean alone() {
        return taken.alone();
    }

    @Override
    public synchronized void close() {
        if (closed.getCount() == 0) {
            return;
        }
        closed.countDown();
        whenClosed.accept(this);
        try {
            release.run();
        } catch (LedgerException | IllegalStateException e) {
            // What was done under the lease is done; without this it runs out by itself.
            LOG.warn("a lease could not be given back, and lasts until its term is over: {}", e.getMessage());
        }
    }
}
