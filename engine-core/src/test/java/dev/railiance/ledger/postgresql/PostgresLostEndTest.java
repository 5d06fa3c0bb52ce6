package dev.railiance.ledger.postgresql;

import static dev.railiance.ledger.postgresql.SharedTables.append;
import static dev.railiance.ledger.postgresql.SharedTables.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.ledger.LedgerException.Kind;
import dev.railiance.ledger.LedgerSession;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Appends of a process under whose feet the ledger was changed by other means than appends. */
@ExtendWith(PostgresServer.class)
class PostgresLostEndTest {

    private static final int REFUSED_UNDONE_AND_ASKED = 4;

    private final RealPostgres server;
    private final SharedTables tables;

    PostgresLostEndTest(RealPostgres server) {
        this.server = server;
        this.tables = SharedTables.none(server);
    }

    @Test
    void aLedgerThatWasPutBackUnderARunningProcessIsGoneOnWithWhereItEnds() throws Exception {
        try (PostgresLedger ledger = tables.ledger();
                LedgerSession session = ledger.open()) {
            append(session, 1, 0);
            String end = tables.answer("SELECT format('position = %s, hash = %L', position, hash) FROM ledger");
            append(session, 1, 1);
            tables.sql("DELETE FROM event WHERE position = 2");
            tables.sql("UPDATE ledger SET " + end);
            assertEquals(Kind.CONFLICT, refused(() -> append(session, 1, 2)));
            append(session, 1, 1);
        }
        tables.assertChained(2);
    }

    @Test
    void whatWasTakenAwayFromTheLedgerIsMissedByWhoKnewIt() throws Exception {
        try (PostgresLedger ledger = tables.ledger();
                LedgerSession session = ledger.open()) {
            append(session, 1, 0);
            append(session, 1, 1);
            append(session, 2, 0);
            tables.sql("DELETE FROM event WHERE position = 2");
            assertEquals(Kind.CONFLICT, refused(() -> append(session, 1, 2)));
            append(session, 2, 1);
            append(session, 2, 2);
            tables.sql("DELETE FROM ledger");
            assertEquals(Kind.DAMAGED, refused(() -> append(session, 2, 3)));
        }
        assertEquals("4", tables.answer("SELECT count(*) FROM event"));
    }

    @Test
    void anAppendThatIsFoundNotToBeRecordedIsNotRecordedLater() throws Exception {
        try (WatchedProxy proxy = WatchedProxy.to(server);
                PostgresLedger ledger = tables.ledger(proxy);
                LedgerSession session = ledger.open()) {
            append(session, 1, 0);
            append(session, 1, 1);
            proxy.holdTheNextCommit();
            assertEquals(Kind.UNAVAILABLE, refused(() -> append(session, 1, 2)));
            proxy.handOver();
            assertEquals("2", tables.answer("SELECT position FROM ledger"));
        }
        try (PostgresLedger ledger = tables.ledger()) {
            append(ledger, 1, 2);
        }
        tables.assertChained(3);
    }

    @Test
    void anAppendWaitingForTheEndOfTheLedgerSeesThatANewEpochHasBegunMeanwhile() throws Exception {
        try (WatchedProxy proxy = WatchedProxy.to(server);
                PostgresLedger ledger = tables.ledger(proxy);
                ExecutorService thread = Executors.newSingleThreadExecutor();
                Connection rude = server.connect();
                Statement statement = rude.createStatement()) {
            append(ledger, 1, 0);
            append(ledger, 1, 1);
            rude.setAutoCommit(false);
            statement.execute("UPDATE " + tables.location().schema() + ".ledger SET epoch = epoch + 1");
            LedgerSession[] opened = new LedgerSession[1];
            thread.submit(() -> opened[0] = ledger.open()).get();
            proxy.waits();
            Future<?> end = thread.submit(() -> append(opened[0], 1, 2));
            awaitWaiting();
            rude.commit();
            end.get();
            assertEquals(REFUSED_UNDONE_AND_ASKED, proxy.waits());
            thread.submit(() -> opened[0].close()).get();
        }
        tables.assertChained(3);
    }

    private void awaitWaiting() throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (tables.answer("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("0")) {
            assertTrue(System.nanoTime() < deadline, "nobody waits");
            Thread.sleep(5);
        }
    }
}
