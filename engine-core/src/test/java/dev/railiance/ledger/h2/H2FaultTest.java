package dev.railiance.ledger.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.Samples;
import dev.railiance.ledger.jdbc.StatusTable;
import dev.railiance.promotion.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a ledger in which something went wrong. */
class H2FaultTest {

    @TempDir
    Path directory;

    private H2Ledger ledger(Duration patience) {
        return new H2Ledger(new LedgerLocation.Embedded(directory), patience);
    }

    private void append(H2Ledger ledger, int promotion) {
        try (LedgerSession session = ledger.open()) {
            session.append(Samples.events(promotion, 0, 1), Samples.status(promotion, 0, Phase.OPENED));
        }
    }

    private Connection connect() throws SQLException {
        return H2Database.connect(directory.resolve("ledger.mv.db"), H2Database.DURABLE);
    }

    private static boolean put(Connection connection, int promotion) throws SQLException {
        StatusTable.put(connection, H2Dialect.H2, Samples.status(promotion, 0, Phase.OPENED));
        return true;
    }

    private static int statuses(Connection connection) throws SQLException {
        return StatusTable.select(connection, "").size();
    }

    @Test
    void afterAnErrorNothingHalfDoneIsCommittedByTheNextWriter() throws Exception {
        try (H2Ledger ledger = ledger(Duration.ofSeconds(5))) {
            append(ledger, 1);
        }
        try (Connection writer = connect();
                Connection reader = connect()) {
            WriteQueue queue = new WriteQueue(writer, last -> {});
            assertThrows(
                    StackOverflowError.class,
                    () -> queue.write((connection, end) -> {
                        put(connection, 2);
                        throw new StackOverflowError();
                    }));
            assertTrue(queue.isBroken());
            assertThrows(SQLException.class, () -> queue.write((connection, end) -> put(connection, 3)));
            assertEquals(1, statuses(reader));
        }
    }

    @Test
    void afterACommitThatFailedNothingMoreIsWritten() throws Exception {
        try (H2Ledger ledger = ledger(Duration.ofSeconds(5))) {
            append(ledger, 1);
        }
        try (Connection writer = connect()) {
            WriteQueue queue = new WriteQueue(writer, last -> {
                throw new IOException("no space");
            });
            assertThrows(IOException.class, () -> queue.write((connection, end) -> put(connection, 2)));
            assertThrows(SQLException.class, () -> queue.write((connection, end) -> put(connection, 3)));
            assertFalse(queue.awaitSync());
        }
    }

    @Test
    void aLedgerThatCannotBeClosedProperlyFailsNobody() throws IOException {
        H2Ledger ledger = ledger(Duration.ofSeconds(5));
        append(ledger, 1);
        Files.delete(directory.resolve("ledger.mv.db"));
        ledger.close();
    }

    @Test
    void aLongReaderMakesAWriterBusyNotStuck() throws Exception {
        try (H2Ledger ledger = ledger(Duration.ofSeconds(5))) {
            append(ledger, 1);
        }
        CountDownLatch reads = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        try (H2Ledger ledger = ledger(Duration.ofMillis(100));
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> reader = threads.submit(() -> {
                try (LedgerSession session = ledger.openExisting().orElseThrow()) {
                    session.scan(0, event -> {
                        reads.countDown();
                        await(enough);
                        assertThrows(IllegalStateException.class, ledger::open);
                    });
                }
            });
            reads.await();
            try {
                assertEquals(
                        LedgerException.Kind.BUSY,
                        assertThrows(LedgerException.class, ledger::open).kind());
            } finally {
                enough.countDown();
            }
            reader.get();
            append(ledger, 2);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSessionIsClosedByItsOwnThreadOnly() throws Exception {
        try (H2Ledger ledger = ledger(Duration.ofSeconds(5));
                LedgerSession session = ledger.open();
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> closed = thread.submit(() -> assertThrows(IllegalStateException.class, session::close));
            closed.get();
            session.append(List.of(Samples.event(1, 0)), Samples.status(1, 0, Phase.OPENED));
        }
    }

    @Test
    void aMakingThatWasCutShortTwiceIsMadeInTheEnd() throws IOException {
        Path fresh = directory.resolve("fresh.mv.db");
        Files.writeString(directory.resolve("format"), "railiance-ledger 2\n");
        Path inTheWay = Files.createDirectories(fresh.resolve("in-the-way"));
        try (H2Ledger ledger = ledger(Duration.ofSeconds(5))) {
            assertThrows(LedgerException.class, ledger::open);
            Files.delete(inTheWay);
            Files.delete(fresh);
            append(ledger, 1);
        }
    }
}
