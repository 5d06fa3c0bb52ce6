package dev.railiance.ledger.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.Samples;
import dev.railiance.promotion.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt ends a run, not the ledger: what is recorded afterwards is recorded, and others notice nothing. */
class H2InterruptTest {

    @TempDir
    Path repository;

    private H2Ledger ledger() {
        return new H2Ledger(LedgerLocation.of(repository));
    }

    private static void append(H2Ledger ledger, int promotion, long sequence) {
        try (LedgerSession session = ledger.open()) {
            append(session, promotion, sequence);
        }
    }

    private static void append(LedgerSession session, int promotion, long sequence) {
        session.append(List.of(Samples.event(promotion, sequence)), Samples.status(promotion, sequence, Phase.OPENED));
    }

    private static int count(H2Ledger ledger, int promotion) {
        try (LedgerSession session = ledger.openExisting().orElseThrow()) {
            int[] count = {0};
            session.scan(0, event -> count[0] += event.promotion().equals(Samples.id(promotion)) ? 1 : 0);
            return count[0];
        }
    }

    @Test
    void anInterruptedThreadOpensWritesReadsAndClosesAndStaysInterrupted() throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor();
                H2Ledger other = ledger()) {
            Future<Boolean> interrupted = thread.submit(() -> {
                try (H2Ledger ledger = ledger()) {
                    Thread.currentThread().interrupt();
                    append(ledger, 1, 0);
                    ledger.lease(Samples.id(1)).orElseThrow().close();
                    assertEquals(1, count(ledger, 1));
                }
                return Thread.interrupted();
            });
            assertTrue(interrupted.get(), "the interrupt was forgotten");
            append(other, 2, 0);
            assertEquals(1, count(other, 1));
        }
    }

    @Test
    void interruptsInTheMiddleOfAppendsAndReadsDisturbNobody() throws Exception {
        int events = 150;
        try (H2Ledger ledger = ledger();
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            append(ledger, 1, 0);
            Thread[] disturbed = new Thread[1];
            Future<?> writer = threads.submit(() -> {
                try (LedgerSession session = ledger.open()) {
                    disturbed[0] = Thread.currentThread();
                    for (int sequence = 0; sequence < events; sequence++) {
                        append(session, 2, sequence);
                        session.scan(sequence, event -> {});
                    }
                }
            });
            Future<?> undisturbed = threads.submit(() -> {
                for (int sequence = 1; sequence < events; sequence++) {
                    append(ledger, 1, sequence);
                }
            });
            while (!writer.isDone()) {
                if (disturbed[0] != null) {
                    disturbed[0].interrupt();
                }
                LockSupport.parkNanos(200_000);
            }
            writer.get();
            undisturbed.get();
        }
        try (H2Ledger ledger = ledger()) {
            assertEquals(events, count(ledger, 1));
            assertEquals(events, count(ledger, 2));
        }
    }

    @Test
    void aLedgerWhoseHolderCannotBeNotedIsUsedAllTheSame() throws IOException {
        try (H2Ledger ledger = ledger()) {
            append(ledger, 1, 0);
        }
        Path holder = LedgerLocation.of(repository).directory().resolve("ledger.holder");
        Files.delete(holder);
        Files.createDirectory(holder);
        for (int sequence = 1; sequence < 3; sequence++) {
            try (H2Ledger ledger = ledger()) {
                append(ledger, 1, sequence);
            }
        }
        try (H2Ledger ledger = ledger()) {
            assertEquals(3, count(ledger, 1));
        }
    }
}
