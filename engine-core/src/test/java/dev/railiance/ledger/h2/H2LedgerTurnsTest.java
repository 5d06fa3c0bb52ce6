package dev.railiance.ledger.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.Samples;
import dev.railiance.ledger.StatusRow;
import dev.railiance.promotion.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2LedgerTurnsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path repository;

    private LedgerLocation.Embedded location = new LedgerLocation.Embedded(Path.of("."));

    @BeforeEach
    void locate() {
        location = LedgerLocation.of(repository);
    }

    private static void append(LedgerSession session, int promotion, long sequence) {
        session.append(List.of(Samples.event(promotion, sequence)), Samples.status(promotion, sequence, Phase.OPENED));
    }

    private long count() {
        long[] count = new long[1];
        try (H2Ledger ledger = new H2Ledger(location);
                LedgerSession session = ledger.openExisting().orElseThrow()) {
            session.scan(0, event -> count[0]++);
        }
        return count[0];
    }

    @Test
    void eightProcessesAppendInTurn() throws IOException {
        List<Child> children = new ArrayList<>();
        try {
            for (int promotion = 1; promotion <= 8; promotion++) {
                children.add(Child.start(AppendingChild.class, location.directory(), promotion, 3, 1, 100, 0));
            }
            for (Child child : children) {
                assertEquals("done", child.rest().getLast());
            }
        } finally {
            children.forEach(Child::close);
        }
        assertEquals(24, count());
    }

    @Test
    void threadsAndInstancesOfOneProcessTakeTurns() throws Exception {
        try (H2Ledger shared = new H2Ledger(location, LONG);
                ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<Object>> ends = new ArrayList<>();
            for (int promotion = 1; promotion <= 6; promotion++) {
                ends.add(threads.submit(appending(promotion, promotion % 2 == 0 ? shared : null)));
            }
            for (Future<Object> end : ends) {
                end.get();
            }
        }
        assertEquals(30, count());
    }

    /** Appends five events, each in a session of its own. */
    private Callable<Object> appending(int promotion, @Nullable H2Ledger shared) {
        return () -> {
            H2Ledger ledger = shared != null ? shared : new H2Ledger(location, LONG);
            for (int sequence = 0; sequence < 5; sequence++) {
                try (LedgerSession session = ledger.open()) {
                    append(session, promotion, sequence);
                }
            }
            return promotion;
        };
    }

    @Test
    void whoeverCompactsTheLedgerIsWaitedForLongerThanPatienceLasts() throws Exception {
        Duration patience = Duration.ofMillis(50);
        try (H2Ledger first = new H2Ledger(location, LONG);
                H2Ledger second = new H2Ledger(location, patience);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Boolean> waiting;
            try (LedgerSession session = first.open()) {
                append(session, 1, 0);
                Path copies = Files.createDirectories(location.directory().resolve("copies"));
                Files.createFile(copies.resolve("compact.mv.db"));
                waiting = threads.submit(() -> {
                    try (LedgerSession later = second.open()) {
                        append(later, 2, 0);
                        return true;
                    }
                });
                awaitKnocks(patience.multipliedBy(6));
                assertFalse(waiting.isDone());
            }
            assertTrue(waiting.get());
        }
        assertEquals(2, count());
    }

    /** Returns when somebody has knocked again and again for so long. */
    private void awaitKnocks(Duration span) {
        Path knocks = location.directory().resolve("ledger.waiting");
        long first = 0;
        for (long last = 0;
                first == 0 || last - first < span.toMillis();
                last = knocks.toFile().lastModified()) {
            first = first == 0 ? last : first;
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void whoWaitsTooLongIsToldWhoHasTheLedger() throws Exception {
        try (Child child = Child.start(AppendingChild.class, location.directory(), 1, 1_000, 1_000, 40, 600_000)) {
            assertEquals("0", child.out().readLine());
            try (H2Ledger ledger = new H2Ledger(location, Duration.ofMillis(50))) {
                LedgerException busy = assertThrows(LedgerException.class, ledger::open);
                assertEquals(LedgerException.Kind.BUSY, busy.kind());
                assertTrue(
                        String.valueOf(busy.getMessage())
                                .contains("process " + child.process().pid()),
                        busy.getMessage());
                assertThrows(LedgerException.class, ledger::openExisting);
                child.kill();
                child.process().waitFor();
                try (LedgerSession session = ledger.open()) {
                    assertEquals(1, session.read(Samples.id(1), 0).size());
                }
            }
        }
    }

    @Test
    void anotherInstanceOfTheSameProcessIsBusyWithoutLosingTheLock() throws Exception {
        try (H2Ledger one = new H2Ledger(location);
                H2Ledger other = new H2Ledger(location, Duration.ZERO);
                ExecutorService thread = Executors.newSingleThreadExecutor();
                LedgerSession session = one.open()) {
            append(session, 1, 0);
            Callable<LedgerException> refused = () -> assertThrows(LedgerException.class, other::open);
            assertEquals(LedgerException.Kind.BUSY, thread.submit(refused).get().kind());
            // Had the refused one closed a channel on the lock file, the system's lock would be gone now.
            try (Child child = Child.start(ImpatientChild.class, location.directory())) {
                assertEquals(List.of("BUSY"), child.rest());
            }
            append(session, 1, 1);
        }
        assertEquals(2, count());
    }

    @Test
    void aLeaseEndsWithTheProcessThatHeldIt() throws Exception {
        try (H2Ledger ledger = new H2Ledger(location);
                Child child = Child.start(LeasingChild.class, location.directory())) {
            assertEquals("leased", child.out().readLine());
            assertTrue(ledger.lease(Samples.id(1)).isEmpty());
            assertTrue(ledger.lease(Samples.id(2)).isPresent());
            child.kill();
            child.process().waitFor();
            assertTrue(ledger.lease(Samples.id(1)).isPresent());
        }
    }

    @Test
    void acknowledgedEventsSurviveKillMinusNine() throws Exception {
        LedgerKillLoop loop = LedgerKillLoop.shortLives(location.directory(), 12);
        assertTrue(loop.acknowledged() > 0, "no process lived long enough to append");
        assertEquals(0, loop.lost());
    }

    @Test
    void aTransactionThatWasCutShortLeavesNoTrace() throws Exception {
        try (Child child = Child.start(ReplacingChild.class, location.directory())) {
            assertEquals("half", child.out().readLine());
            // H2 writes on its own after half a second, also what is not committed: that is the case to see.
            Path database = location.directory().resolve("ledger.mv.db");
            long deadline = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            while (Files.size(database) < 1 << 20 && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
        }
        try (H2Ledger ledger = new H2Ledger(location);
                LedgerSession session = ledger.openExisting().orElseThrow()) {
            assertEquals(List.of(Samples.status(1, 0, Phase.OPENED)), session.statuses(10));
        }
    }

    static final class ReplacingChild {
        private ReplacingChild() {}

        public static void main(String[] arguments) {
            try (H2Ledger ledger = new H2Ledger(new LedgerLocation.Embedded(Path.of(arguments[0])));
                    LedgerSession session = ledger.open()) {
                append(session, 1, 0);
                session.replaceStatuses(() -> IntStream.iterate(2, i -> i + 1)
                        .mapToObj(ReplacingChild::large)
                        .iterator());
            }
        }

        private static StatusRow large(int promotion) {
            if (promotion == 1_000) {
                System.out.println("half");
                LockSupport.park();
            }
            StatusRow row = Samples.status(promotion, 0, Phase.OPENED);
            return new StatusRow(
                    row.promotion(),
                    row.target(),
                    row.phase(),
                    row.artifactDigest(),
                    row.contractDigest(),
                    row.sequence(),
                    row.openedAt(),
                    row.updatedAt(),
                    row.summary(),
                    Samples.event(promotion, 0, 5_000).payload());
        }
    }

    static final class ImpatientChild {
        private ImpatientChild() {}

        public static void main(String[] arguments) {
            try (H2Ledger ledger = new H2Ledger(new LedgerLocation.Embedded(Path.of(arguments[0])), Duration.ZERO);
                    LedgerSession session = ledger.open()) {
                System.out.println("opened " + session.statuses(1).size());
            } catch (LedgerException e) {
                System.out.println(e.kind());
            }
        }
    }

    static final class LeasingChild {
        private LeasingChild() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (H2Ledger ledger = new H2Ledger(new LedgerLocation.Embedded(Path.of(arguments[0])));
                    Ledger.Lease lease = ledger.lease(Samples.id(1)).orElseThrow()) {
                System.out.println(lease == null ? "" : "leased");
                Thread.sleep(600_000);
            }
        }
    }
}
