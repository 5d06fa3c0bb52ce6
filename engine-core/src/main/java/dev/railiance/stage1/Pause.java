package dev.railiance.stage1;

import dev.railiance.process.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that a cancellation ends at once. */
final class Pause {

    private Pause() {}

    static void of(Duration span, Cancellation cancellation) {
        CountDownLatch cancelled = new CountDownLatch(1);
        Cancellation.Registration registration = cancellation.onCancel(cancelled::countDown);
        try {
            boolean unused = cancelled.await(Spans.bounded(span).toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Whoever interrupts this thread wants the validation to end, and that is what a cancellation does.
            Thread.currentThread().interrupt();
            cancellation.cancel();
        } finally {
            registration.close();
        }
    }
}
