package dev.railiance.cli.verb;

import dev.railiance.process.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C or SIGTERM while work is under way: the work is told to stop and has a moment to record and to answer; then the
 * process ends with the exit code that the signal gives it.
 */
final class Interruption implements AutoCloseable {

    /** With what the JVM itself needs, less than the two seconds that a person waits. */
    private static final long PATIENCE_MILLIS = 1_800;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    Interruption(Cancellation cancellation) {
        this.hook = Thread.ofPlatform().name("interruption").unstarted(() -> end(cancellation));
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void end(Cancellation cancellation) {
        cancellation.cancel();
        try {
            if (!done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                // What did not come to an end is found by the next run, which closes it.
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work is over and answered. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook has just been let go.
        }
    }
}
