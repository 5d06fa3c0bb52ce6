package dev.railiance.ledger.jdbc;

import dev.railiance.ledger.StoredEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads events in a thread of its own while those before are being worked on by the caller's. What lies between the two is
 * bounded: {@value #BATCHES} batches of {@value #EVENTS} events or {@value #CHARACTERS} characters, and one event more.
 */
final class ReadAhead {

    private static final int BATCHES = 3;
    private static final int EVENTS = 128;
    private static final int CHARACTERS = 512 * 1_024;

    /** Where events come from. */
    interface Source {
        /** Hands every event to {@code next}, and lets pass whatever that throws. */
        void read(Consumer<StoredEvent> next) throws SQLException;
    }

    /** Some events in their order; the last batch says how reading has ended. */
    private record Batch(
            List<StoredEvent> events,
            boolean last,
            @Nullable Throwable failure) {}

    /** Tells the source that nobody wants more. */
    private static final class NoMoreWanted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoMoreWanted() {
            super("nobody reads on", null, false, false);
        }
    }

    private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(BATCHES);
    private volatile boolean unwanted;
    private List<StoredEvent> batch = new ArrayList<>(EVENTS);
    private int characters;

    private ReadAhead() {}

    /**
     * Hands every event of a source to {@code reader}, in their order, in the caller's thread. When this returns or throws, the
     * source is not used any more. An interrupt is kept for the caller.
     *
     * @throws SQLException what the source has thrown, when all the events before it have been handed over
     */
    static void scan(Source source, Consumer<StoredEvent> reader) throws SQLException {
        new ReadAhead().run(source, reader);
    }

    private void run(Source source, Consumer<StoredEvent> reader) throws SQLException {
        Thread ahead = Thread.ofPlatform().daemon().name("ledger-read-ahead").start(() -> read(source));
        boolean interrupted = false;
        try {
            Batch next = null;
            while (next == null || !next.last()) {
                try {
                    next = queue.take();
                    next.events().forEach(reader);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            rethrow(next.failure());
        } finally {
            unwanted = true;
            queue.clear();
            if (joined(ahead) || interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for the end of the thread; answers whether this one was interrupted meanwhile. */
    private static boolean joined(Thread ahead) {
        boolean interrupted = false;
        while (ahead.isAlive()) {
            try {
                ahead.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    private static void rethrow(@Nullable Throwable failure) throws SQLException {
        switch (failure) {
            case null -> {}
            case SQLException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException("reading ahead failed", failure);
        }
    }

    private void read(Source source) {
        Throwable failure = null;
        try {
            source.read(this::add);
        } catch (NoMoreWanted e) {
            return;
        } catch (Throwable e) {
            failure = e;
        }
        put(new Batch(batch, true, failure));
    }

    private void add(StoredEvent event) {
        if (unwanted) {
            throw new NoMoreWanted();
        }
        batch.add(event);
        characters += event.payload().length();
        if (batch.size() == EVENTS || characters >= CHARACTERS) {
            put(new Batch(batch, false, null));
            batch = new ArrayList<>(EVENTS);
            characters = 0;
        }
    }

    /** Nobody else knows this thread, so nobody interrupts it. */
    private void put(Batch full) {
        try {
            queue.put(full);
        } catch (InterruptedException e) {
            throw new IllegalStateException("reading ahead was interrupted", e);
        }
    }
}
