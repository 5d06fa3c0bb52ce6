package dev.railiance.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Tells work under way that it should stop, once and for good. Safe for use by several threads. */
public final class Cancellation {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> listeners = new ArrayList<>();
    private volatile boolean cancelled;

    /** Cancels; the listeners run in this thread, the first time only. */
    public void cancel() {
        List<Runnable> toRun;
        lock.lock();
        try {
            if (cancelled) {
                return;
            }
            cancelled = true;
            toRun = List.copyOf(listeners);
            listeners.clear();
        } finally {
            lock.unlock();
        }
        toRun.forEach(Runnable::run);
    }

    /** Whether {@link #cancel()} has been called. */
    public boolean isCancelled() {
        return cancelled;
    }

    /** Runs {@code listener} at cancellation, at once if that has happened; the handle returned takes it off again. */
    public Registration onCancel(Runnable listener) {
        lock.lock();
        try {
            if (!cancelled) {
                listeners.add(listener);
                return () -> remove(listener);
            }
        } finally {
            lock.unlock();
        }
        listener.run();
        return () -> {};
    }

    /** Waits so long; false, at once, if it is cancelled meanwhile or the thread is interrupted, which it stays. */
    public boolean pause(Duration span) {
        var over = new CountDownLatch(1);
        try (Registration registration = onCancel(over::countDown)) {
            return !over.await(span.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void remove(Runnable listener) {
        lock.lock();
        try {
            listeners.remove(listener);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a listener off. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
