package dev.railiance.ledger.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerException.Kind;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.Samples;
import dev.railiance.ledger.SharedLocation;
import dev.railiance.ledger.StatusRow;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.Phase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only a server can do to a ledger. */
@ExtendWith(PostgresServer.class)
class PostgresServerTest {

    private final RealPostgres server;
    private final SharedLocation location;

    PostgresServerTest(RealPostgres server) {
        this.server = server;
        this.location = server.newLedger();
    }

    private PostgresLedger ledger() {
        return new PostgresLedger(location);
    }

    private static void append(LedgerSession session, int promotion, long sequence) {
        session.append(Samples.events(promotion, sequence, 1), Samples.status(promotion, sequence, Phase.OPENED));
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = " + location.schema());
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private String answer(String question) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = " + location.schema());
            try (ResultSet rows = statement.executeQuery(question)) {
                assertTrue(rows.next());
                return rows.getString(1);
            }
        }
    }

    private static LedgerException refused(Runnable act) {
        return assertThrows(LedgerException.class, act::run);
    }

    @Test
    void manyWhoFindNoLedgerMakeItOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int promotion = 1; promotion <= 20; promotion++) {
                int own = promotion;
                ends.add(threads.submit(() -> {
                    try (PostgresLedger ledger = ledger();
                            LedgerSession session = ledger.open()) {
                        append(session, own, 0);
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
        assertEquals("20", answer("SELECT position FROM ledger"));
    }

    @Test
    void threadsOfOneLedgerAppendBesideEachOtherToOneChain() throws Exception {
        try (PostgresLedger ledger = ledger();
                ExecutorService threads = Executors.newFixedThreadPool(12)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int promotion = 1; promotion <= 12; promotion++) {
                int own = promotion;
                ends.add(threads.submit(() -> {
                    for (int sequence = 0; sequence < 20; sequence++) {
                        try (LedgerSession session = ledger.open()) {
                            append(session, own, sequence);
                        }
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
            assertChained(ledger, 240);
        }
    }

    private static void assertChained(PostgresLedger ledger, long length) {
        try (LedgerSession session = ledger.open()) {
            Hash[] before = {Hash.ZERO};
            long[] position = {0};
            session.scan(0, event -> {
                assertEquals(++position[0], event.position());
                before[0] = EventSeal.ledger(
                        before[0], event.position(), event.seal().event());
                assertEquals(before[0], event.seal().ledger());
            });
            assertEquals(new LedgerSession.Head(length, before[0]), session.head());
        }
    }

    @Test
    void aLedgerOfAFutureVersionIsRefusedUntouched() throws Exception {
        try (PostgresLedger ledger = ledger();
                LedgerSession session = ledger.open()) {
            append(session, 1, 0);
            sql("UPDATE ledger SET format = 99");
            assertEquals(
                    Kind.FUTURE_VERSION, refused(() -> append(session, 1, 1)).kind());
            assertEquals(
                    Kind.FUTURE_VERSION,
                    refused(() -> ledger.lease(Samples.id(1))).kind());
            assertEquals(
                    Kind.FUTURE_VERSION,
                    refused(() -> session.replaceStatuses(List.of())).kind());
        }
        String before = answer("SELECT string_agg(ctid::text || xmin::text, ' ') FROM ledger");
        try (PostgresLedger ledger = ledger()) {
            assertEquals(Kind.FUTURE_VERSION, refused(ledger::open).kind());
            assertEquals(Kind.FUTURE_VERSION, refused(ledger::openExisting).kind());
        }
        assertEquals(before, answer("SELECT string_agg(ctid::text || xmin::text, ' ') FROM ledger"));
        assertEquals("1", answer("SELECT count(*) FROM event"));
    }

    @Test
    void aConnectionThatWasCutIsOutOfReachAndTheNextSessionWorks() throws Exception {
        try (PostgresLedger ledger = ledger()) {
            try (LedgerSession session = ledger.open()) {
                append(session, 1, 0);
                cut();
                assertEquals(
                        Kind.UNAVAILABLE, refused(() -> session.statuses(1)).kind());
                assertEquals(
                        Kind.UNAVAILABLE, refused(() -> session.statuses(1)).kind());
            }
            try (LedgerSession session = ledger.open()) {
                append(session, 1, 1);
                assertEquals(2, session.read(Samples.id(1), 0).size());
            }
        }
    }

    private void cut() throws SQLException {
        answer("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'railiance'");
    }

    @Test
    void anAppendWhoseAnswerIsLostAfterTheCommitIsFoundToBeRecorded() throws Exception {
        try (LossyProxy proxy = LossyProxy.to(server.port())) {
            SharedLocation through = SharedLocation.of(
                    location.url().replace(":" + server.port() + "/", ":" + proxy.port() + "/"),
                    "postgres",
                    server.password());
            try (PostgresLedger ledger = new PostgresLedger(through);
                    LedgerSession session = ledger.open()) {
                append(session, 1, 0);
                proxy.loseTheNextCommit();
                append(session, 1, 1);
                assertTrue(proxy.hasLostOne());
                assertEquals(2, session.read(Samples.id(1), 0).size());
                append(session, 1, 2);
            }
        }
        assertEquals("3", answer("SELECT count(*) FROM event"));
    }

    @Test
    void anInterruptedThreadAppendsAndStaysInterrupted() {
        try (PostgresLedger ledger = ledger()) {
            Thread.currentThread().interrupt();
            try (LedgerSession session = ledger.open()) {
                append(session, 1, 0);
            } finally {
                assertTrue(Thread.interrupted());
            }
        }
    }

    @Test
    void anAppendWhoseConnectionBreaksBeforeTheCommitWasNotRecorded() throws Exception {
        try (PostgresLedger ledger = ledger();
                LedgerSession session = ledger.open()) {
            append(session, 1, 0);
            sql(
                    "CREATE FUNCTION break() RETURNS trigger LANGUAGE plpgsql AS"
                            + " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$",
                    "CREATE TRIGGER break BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION break()");
            LedgerException lost = refused(() -> append(session, 1, 1));
            assertEquals(Kind.UNAVAILABLE, lost.kind());
            assertTrue(lost.explanation().contains("nothing was recorded"), lost.explanation());
        }
        assertEquals("1", answer("SELECT count(*) FROM event"));
    }

    @Test
    void aLostAnswerIsLookedUpInTheLedger() throws Exception {
        try (PostgresLedger ledger = ledger();
                LedgerSession session = ledger.open()) {
            session.append(Samples.events(1, 0, 3), Samples.status(1, 2, Phase.OPENED));
            var recorded = session.read(Samples.id(1), 2).getFirst();
            ledger.requireRecorded(recorded, recorded.seal().event());
            Hash other = Hash.over("another event");
            assertEquals(
                    Kind.UNAVAILABLE,
                    refused(() -> ledger.requireRecorded(recorded, other)).kind());
            StoredEvent missing = Samples.event(2, 0);
            assertEquals(
                    Kind.UNAVAILABLE,
                    refused(() -> ledger.requireRecorded(missing, other)).kind());
            append(session, 1, 3);
        }
    }

    @Test
    void whoKeepsTheEndOfTheLedgerForTooLongMakesOthersBusyNotStuck() throws Exception {
        try (PostgresLedger ledger = new PostgresLedger(location, Duration.ofMillis(200), Duration.ofSeconds(30));
                LedgerSession session = ledger.open();
                Connection rude = server.connect();
                Statement statement = rude.createStatement()) {
            append(session, 1, 0);
            rude.setAutoCommit(false);
            statement.execute("SELECT 1 FROM " + location.schema() + ".ledger FOR UPDATE");
            assertEquals(Kind.BUSY, refused(() -> append(session, 1, 1)).kind());
            assertEquals(1, session.statuses(10).size());
            rude.rollback();
            append(session, 1, 1);
        }
    }

    @Test
    void commitsAreDurableWhateverTheRoleIsSetTo() throws Exception {
        sql(
                "CREATE ROLE hasty LOGIN PASSWORD 'hasty'",
                "ALTER ROLE hasty SET synchronous_commit = off",
                "GRANT CREATE ON DATABASE postgres TO hasty");
        SharedLocation hasty = SharedLocation.of(location.url(), "hasty", "hasty");
        try (var connections = new PostgresConnections(hasty, Duration.ofSeconds(5))) {
            Connection connection = connections.take();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SHOW synchronous_commit")) {
                rows.next();
                assertEquals("on", rows.getString(1));
            }
            connections.giveBack(connection);
        }
    }

    @Test
    void aServerThatDoesNotSyncIsRefused() throws Exception {
        try (RealPostgres hasty = RealPostgres.start("fsync=off");
                PostgresLedger ledger = new PostgresLedger(hasty.newLedger())) {
            LedgerException refusal = refused(ledger::open);
            assertEquals(Kind.UNAVAILABLE, refusal.kind());
            assertTrue(refusal.explanation().contains("fsync"), refusal.explanation());
        }
    }

    @Test
    void nullCharactersAreRefusedAndNothingIsAppended() {
        try (PostgresLedger ledger = ledger();
                LedgerSession session = ledger.open()) {
            StatusRow row = Samples.status(1, 0, Phase.OPENED);
            StatusRow withNull = new StatusRow(
                    row.promotion(),
                    row.target(),
                    row.phase(),
                    row.artifactDigest(),
                    row.contractDigest(),
                    row.sequence(),
                    row.openedAt(),
                    row.updatedAt(),
                    "a\0b",
                    row.document());
            assertThrows(IllegalArgumentException.class, () -> session.append(Samples.events(1, 0, 1), withNull));
            assertEquals(LedgerSession.Head.EMPTY, session.head());
            append(session, 1, 0);
        }
    }

    @Test
    void noFailureTellsWhereTheServerIsOrWhoLogsIn() throws Exception {
        String secret = "hunter2-hunter2";
        List<SharedLocation> wrong = List.of(
                SharedLocation.of(location.url(), "intruder", secret),
                SharedLocation.of(location.url(), "postgres", secret),
                SharedLocation.of(location.url().replace("/postgres?", "/nowhere?"), "postgres", server.password()),
                SharedLocation.of("jdbc:postgresql://localhost:1/intruder", "intruder", secret),
                SharedLocation.of("jdbc:postgresql://no-such-host.invalid/intruder", "intruder", secret));
        for (SharedLocation one : wrong) {
            try (PostgresLedger ledger = new PostgresLedger(one)) {
                LedgerException failure = refused(ledger::open);
                assertEquals(Kind.UNAVAILABLE, failure.kind());
                StringWriter all = new StringWriter();
                failure.printStackTrace(new PrintWriter(all));
                for (String hidden : List.of(secret, "intruder", "nowhere", "no-such-host", server.password())) {
                    assertFalse(all.toString().contains(hidden), all::toString);
                }
            }
        }
    }
}
