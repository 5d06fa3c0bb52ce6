package dev.railiance.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.ledger.h2.Child;
import dev.railiance.promotion.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of a lease whose holder stops, dies or is somewhere else; on every store, with processes of their own. */
public interface LeaseTakeOver {

    Duration SHORT = Duration.ofSeconds(3);
    Duration LONG = Duration.ofMinutes(10);
    String ELSEWHERE = "another-kernel/4026531836 4711 1767225600000 build-9";

    /** A ledger on the store of this test. */
    Ledger ledger(Duration term);

    /** Another process on it that carries out {@link #holdAndAppendLate}. */
    Child holder(Duration term) throws IOException;

    /** Has {@link #ELSEWHERE} hold a lease on promotion 1. */
    void leaseElsewhere(Duration term) throws Exception;

    /** Takes the lease, appends the first event under it, waits for a line, and tries to append the next one. */
    static void holdAndAppendLate(Ledger ledger) throws IOException {
        try (ledger;
                Ledger.Lease lease = ledger.lease(Samples.id(1)).orElseThrow()) {
            append(ledger, lease, 0);
            System.out.println("holds");
            if (System.in.read() >= 0) {
                append(ledger, lease, 1);
                System.out.println("appended");
            }
        } catch (LedgerException e) {
            System.out.println(e.kind());
        }
    }

    private static void append(Ledger ledger, Ledger.Lease lease, long sequence) {
        try (LedgerSession session = ledger.open()) {
            session.append(new Entry(
                    Samples.events(1, sequence, 1),
                    Samples.status(1, sequence, Phase.VALIDATING),
                    lease.fence(),
                    List.of()));
        }
    }

    private static void signal(String name, Child child) throws IOException {
        Process kill = new ProcessBuilder(
                        "kill", "-" + name, Long.toString(child.process().pid()))
                .inheritIO()
                .start();
        assertEquals(0, kill.onExit().join().exitValue(), "kill -" + name.toLowerCase(Locale.ROOT));
    }

    @Test
    default void aStoppedHolderIsTakenOverAfterItsTermAndItsLateAppendIsRefused() throws Exception {
        try (Child holder = holder(SHORT);
                Ledger ledger = ledger(SHORT)) {
            assertEquals("holds", holder.out().readLine());
            stop(holder);
            try (Ledger.Lease lease = takenFrom(holder, ledger)) {
                assertFalse(lease.alone());
                append(ledger, lease, 1);
                signal("CONT", holder);
                holder.goOn();
                assertEquals("LEASE_LOST", holder.out().readLine());
                append(ledger, lease, 2);
            }
            try (LedgerSession session = ledger.open()) {
                assertEquals(3, session.read(Samples.id(1), 0).size());
            }
        }
    }

    /** Stops a holder, if possible when it has come to rest: the embedded store stays open for a moment after it was used. */
    private static void stop(Child holder) throws Exception {
        TimeUnit.MILLISECONDS.sleep(500);
        signal("STOP", holder);
    }

    /** Asks until the term is over. A holder that was stopped with the store in its hands is let go on to the end of that. */
    private static Ledger.Lease takenFrom(Child holder, Ledger ledger) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                Optional<Ledger.Lease> lease = ledger.lease(Samples.id(1));
                if (lease.isPresent()) {
                    return lease.get();
                }
            } catch (LedgerException e) {
                assertEquals(LedgerException.Kind.BUSY, e.kind());
                signal("CONT", holder);
                stop(holder);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("a lease whose holder is silent was never free");
    }

    @Test
    default void aHolderThatWasKilledOnThisMachineIsTakenOverAtOnce() throws Exception {
        try (Child holder = holder(LONG);
                Ledger ledger = ledger(LONG)) {
            assertEquals("holds", holder.out().readLine());
            assertTrue(ledger.lease(Samples.id(1)).isEmpty());
            holder.close();
            try (Ledger.Lease lease = ledger.lease(Samples.id(1)).orElseThrow()) {
                assertTrue(lease.alone());
                append(ledger, lease, 1);
            }
            try (Ledger.Lease next = ledger.lease(Samples.id(1)).orElseThrow()) {
                assertTrue(next.alone());
            }
        }
    }

    @Test
    default void aHolderOnAnotherMachineIsTakenOverOnlyAfterItsTerm() throws Exception {
        try (Ledger ledger = ledger(LONG)) {
            ledger.open().close();
            leaseElsewhere(LONG);
            assertTrue(ledger.lease(Samples.id(1)).isEmpty());
            assertEquals(
                    Optional.of("process 4711 on build-9"),
                    ledger.leaseholder(Samples.id(1)).map(LeaseHolder::described));
            leaseElsewhere(Duration.ZERO);
            assertFalse(ledger.lease(Samples.id(1)).orElseThrow().alone());
        }
    }

    @Test
    default void aLeaseFromBeforeTheClockWasSetBackIsFree() throws Exception {
        try (Ledger ledger = ledger(SHORT)) {
            ledger.open().close();
            leaseElsewhere(LONG);
            assertEquals(Optional.empty(), ledger.leaseholder(Samples.id(1)));
            assertFalse(ledger.lease(Samples.id(1)).orElseThrow().alone());
        }
    }
}
