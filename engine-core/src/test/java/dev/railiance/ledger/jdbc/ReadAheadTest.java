package dev.railiance.ledger.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.ledger.Samples;
import dev.railiance.ledger.StoredEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

    private static final int MANY = 5_000;

    private final List<StoredEvent> seen = new ArrayList<>();

    @AfterEach
    void noThreadIsLeft() {
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("ledger-read-ahead")));
    }

    @Test
    void everyEventComesInOrderAndInTheCallersThread() throws SQLException {
        Thread caller = Thread.currentThread();
        ReadAhead.scan(next -> Samples.events(1, 0, MANY).forEach(next), event -> {
            assertSame(caller, Thread.currentThread());
            seen.add(event);
        });
        assertEquals(Samples.events(1, 0, MANY), seen);
    }

    @Test
    void anEmptySourceEndsAtOnce() throws SQLException {
        ReadAhead.scan(next -> {}, seen::add);
        assertEquals(List.of(), seen);
    }

    @Test
    void whatTheSourceThrowsComesAfterTheEventsBeforeIt() {
        SQLException broken = new SQLException("broken");
        assertSame(
                broken,
                assertThrows(
                        SQLException.class,
                        () -> ReadAhead.scan(
                                next -> {
                                    Samples.events(1, 0, 300).forEach(next);
                                    throw broken;
                                },
                                seen::add)));
        assertEquals(300, seen.size());
    }

    @Test
    void anErrorOfTheSourceIsNotLost() {
        assertThrows(
                StackOverflowError.class,
                () -> ReadAhead.scan(
                        next -> {
                            throw new StackOverflowError();
                        },
                        seen::add));
    }

    @Test
    void aReaderThatThrowsStopsTheSource() {
        AtomicBoolean ended = new AtomicBoolean();
        IllegalStateException enough = new IllegalStateException("enough");
        assertSame(
                enough,
                assertThrows(
                        IllegalStateException.class,
                        () -> ReadAhead.scan(
                                next -> {
                                    try {
                                        for (long sequence = 0; ; sequence++) {
                                            next.accept(Samples.event(1, sequence));
                                        }
                                    } finally {
                                        ended.set(true);
                                    }
                                },
                                event -> {
                                    throw enough;
                                })));
        assertTrue(ended.get(), "the source is closed when the scan ends");
    }

    @Test
    void onlySoMuchIsReadAhead() throws SQLException {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger furthest = new AtomicInteger();
        StoredEvent large = Samples.event(1, 0, 600_000);
        ReadAhead.scan(
                next -> {
                    for (int i = 0; i < 40; i++) {
                        made.incrementAndGet();
                        next.accept(large);
                    }
                },
                event -> {
                    seen.add(event);
                    furthest.accumulateAndGet(made.get() - seen.size(), Math::max);
                });
        assertEquals(40, seen.size());
        assertTrue(furthest.get() <= 5, () -> furthest + " large events were held");
    }

    @Test
    void anInterruptIsKeptForTheCallerAndNothingIsMissed() throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicBoolean kept = new AtomicBoolean();
        AtomicReference<SQLException> failure = new AtomicReference<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                ReadAhead.scan(
                        next -> {
                            waiting.countDown();
                            Samples.events(1, 0, MANY).forEach(next);
                        },
                        seen::add);
                kept.set(Thread.currentThread().isInterrupted());
            } catch (SQLException e) {
                failure.set(e);
            }
        });
        waiting.await();
        reader.interrupt();
        reader.join();
        assertEquals(null, failure.get());
        assertTrue(kept.get());
        assertEquals(MANY, seen.size());
    }
}
