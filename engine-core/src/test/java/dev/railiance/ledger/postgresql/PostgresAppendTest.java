package dev.railiance.ledger.postgresql;

import static dev.railiance.ledger.postgresql.SharedTables.append;
import static dev.railiance.ledger.postgresql.SharedTables.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.Ledger.Lease;
import dev.railiance.ledger.LedgerException.Kind;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.Samples;
import dev.railiance.ledger.h2.Child;
import dev.railiance.promotion.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Appends of a process that knows, or wrongly believes to know, what they are to be sealed to. */
@ExtendWith(PostgresServer.class)
class PostgresAppendTest {

    private static final int ASKED = 2;
    private static final int REFUSED_AND_UNDONE = 2;

    private final RealPostgres server;
    private final SharedTables tables;

    PostgresAppendTest(RealPostgres server) {
        this.server = server;
        this.tables = SharedTables.none(server);
    }

    @Test
    void whoKnowsThePromotionAppendsInOneMessage() throws Exception {
        try (WatchedProxy proxy = WatchedProxy.to(server);
                PostgresLedger ledger = tables.ledger(proxy);
                LedgerSession session = ledger.open()) {
            proxy.waits();
            append(session, 1, 0);
            assertEquals(ASKED, proxy.waits());
            append(session, 1, 1);
            assertEquals(1, proxy.waits());
            append(session, 2, 0);
            assertEquals(1, proxy.waits());
            session.append(new Entry(
                    Samples.events(1, 2, 3),
                    Samples.status(1, 4, Phase.OPENED),
                    Fence.NONE,
                    List.of(KeptDocument.of("kept"))));
            assertEquals(1, proxy.waits());
            assertEquals("kept", session.kept(KeptDocument.of("kept").digest()).orElseThrow());
        }
        tables.assertChained(6);
    }

    @Test
    void whatIsDoneUnderALeaseIsOneMessageToo() throws Exception {
        try (WatchedProxy proxy = WatchedProxy.to(server);
                PostgresLedger ledger = tables.ledger(proxy);
                LedgerSession session = ledger.open()) {
            append(session, 1, 0);
            Lease lease = ledger.lease(Samples.id(1)).orElseThrow();
            Entry next =
                    new Entry(Samples.events(1, 1, 1), Samples.status(1, 1, Phase.OPENED), lease.fence(), List.of());
            proxy.waits();
            session.append(next);
            assertEquals(1, proxy.waits());
            lease.close();
            Entry late =
                    new Entry(Samples.events(1, 2, 1), Samples.status(1, 2, Phase.OPENED), lease.fence(), List.of());
            assertEquals(Kind.LEASE_LOST, refused(() -> session.append(late)));
            append(session, 1, 2);
        }
        tables.assertChained(3);
    }

    @Test
    void whatOthersAppendElsewhereCostsNothing() throws Exception {
        try (WatchedProxy proxy = WatchedProxy.to(server);
                PostgresLedger ledger = tables.ledger(proxy);
                PostgresLedger other = tables.ledger();
                LedgerSession session = ledger.open()) {
            append(session, 1, 0);
            for (int sequence = 1; sequence < 4; sequence++) {
                append(other, 2, sequence - 1);
                proxy.waits();
                append(session, 1, sequence);
                assertEquals(1, proxy.waits());
            }
        }
        tables.assertChained(7);
    }

    @Test
    void whoGoesOnWithAPromotionOfOthersAsksOnce() throws Exception {
        try (WatchedProxy proxy = WatchedProxy.to(server);
                PostgresLedger ledger = tables.ledger(proxy);
                PostgresLedger other = tables.ledger();
                LedgerSession session = ledger.open()) {
            append(session, 1, 0);
            append(other, 1, 1);
            proxy.waits();
            append(session, 1, 2);
            assertEquals(ASKED, proxy.waits());
            append(session, 1, 3);
            assertEquals(1, proxy.waits());
        }
        tables.assertChained(4);
    }

    @Test
    void inANewEpochOneMessageIsLost() throws Exception {
        try (WatchedProxy proxy = WatchedProxy.to(server);
                PostgresLedger ledger = tables.ledger(proxy);
                LedgerSession session = ledger.open()) {
            append(session, 1, 0);
            tables.sql("UPDATE ledger SET epoch = epoch + 1");
            proxy.waits();
            append(session, 1, 1);
            assertEquals(REFUSED_AND_UNDONE + ASKED, proxy.waits());
            append(session, 1, 2);
            assertEquals(1, proxy.waits());
        }
        tables.assertChained(3);
    }

    @Test
    void anImportOfManyEventsIsOneTransaction() throws Exception {
        try (PostgresLedger ledger = tables.ledger();
                LedgerSession session = ledger.open()) {
            append(session, 1, 0);
            session.append(new Entry(
                    Samples.events(2, 0, 300),
                    Samples.status(2, 299, Phase.OPENED),
                    Fence.NONE,
                    List.of(KeptDocument.of("kept"))));
            append(session, 2, 300);
        }
        tables.assertChained(302);
    }

    @Test
    void processesAndThreadsAppendBesideEachOtherToOneChain() throws Exception {
        try (Child one = Child.start(RealPostgres.variables(tables.location()), Appender.class, 1, 60);
                Child other = Child.start(RealPostgres.variables(tables.location()), Appender.class, 101, 60)) {
            assertEquals(List.of("done"), one.rest());
            assertEquals(List.of("done"), other.rest());
        }
        tables.assertChained(2 * Appender.THREADS * 60);
    }

    @Test
    void whatWasRefusedLeavesNothingBehindInLedgerAndProcess() throws Exception {
        try (PostgresLedger ledger = tables.ledger();
                LedgerSession session = ledger.open()) {
            session.append(Samples.events(1, 0, 1), Samples.status(1, 0, Phase.CANARY_DEPLOYING, Samples.target(1)));
            append(session, 2, 0);
            assertEquals(
                    Kind.TARGET_HELD,
                    refused(() -> session.append(
                            Samples.events(2, 1, 1), Samples.status(2, 1, Phase.CANARY_DEPLOYING, Samples.target(1)))));
            append(session, 2, 1);
            assertEquals(Kind.CONFLICT, refused(() -> append(session, 2, 0)));
            assertEquals(Kind.CONFLICT, refused(() -> append(session, 2, 3)));
            append(session, 2, 2);
        }
        tables.assertChained(4);
    }

    @Test
    void aFormatThatHasChangedUnderARunningProcessIsRefusedUntouched() throws Exception {
        String state = "SELECT concat(ctid, xmin, (SELECT count(*) FROM event)) FROM ledger";
        try (PostgresLedger ledger = tables.ledger();
                LedgerSession session = ledger.open()) {
            append(session, 1, 0);
            append(session, 1, 1);
            tables.sql("UPDATE ledger SET format = 99");
            String before = tables.answer(state);
            assertEquals(Kind.FUTURE_VERSION, refused(() -> append(session, 1, 2)));
            assertEquals(before, tables.answer(state));
            tables.sql("UPDATE ledger SET format = " + PostgresMigrations.FORMAT);
            append(session, 1, 2);
        }
        tables.assertChained(3);
    }
}
