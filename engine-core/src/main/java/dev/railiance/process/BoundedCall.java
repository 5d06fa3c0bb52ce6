package dev.railiance.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Makes a blocking call that always ends in time. Reads from sockets, name look-ups and opens of odd files know no
 * deadline of their own, so the call has a daemon thread of its own; past the deadline the caller goes on, and
 * {@code abort} closes what the call hangs on.
 */
public final class BoundedCall {

    private static final long SHORTEST = Duration.ofMillis(1).toNanos();
    private static final long LONGEST = Duration.ofDays(30).toNanos();

    private BoundedCall() {}

    /** What came of a call. */
    public sealed interface Result<T> {
        record Returned<T>(T value) implements Result<T> {}

        record Threw<T>(Throwable cause) implements Result<T> {}

        record Late<T>() implements Result<T> {}

        record Cancelled<T>() implements Result<T> {}
    }

    /**
     * Makes the call, unless it is cancelled already.
     *
     * @param abort is run where the call is left behind; it should close what that hangs on
     * @param limit no more than 30 days, no less than a millisecond
     */
    public static <T> Result<T> make(Callable<T> call, Runnable abort, Duration limit, Cancellation cancellation) {
        if (cancellation.isCancelled()) {
            return new Result.Cancelled<>();
        }
        FutureTask<T> task = new FutureTask<>(call);
        CountDownLatch over = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().daemon().name("railiance-check").unstarted(() -> {
            task.run();
            over.countDown();
        });
        Cancellation.Registration registration = cancellation.onCancel(over::countDown);
        try {
            thread.start();
            boolean inTime = over.await(Math.clamp(Nanos.of(limit), SHORTEST, LONGEST), TimeUnit.NANOSECONDS);
            if (task.isDone()) {
                return new Result.Returned<>(task.get());
            }
            abort.run();
            return inTime ? new Result.Cancelled<>() : new Result.Late<>();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return new Result.Threw<>(cause == null ? e : cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abort.run();
            return new Result.Cancelled<>();
        } finally {
            registration.close();
        }
    }
}
