package dev.railiance.process;

import java.time.Duration;
import java.util.Optional;

/** A process that runs beside the caller. */
public interface RunningProcess extends AutoCloseable {

    /** How the process ended, empty while it runs. */
    Optional<ProcessOutcome> outcome();

    /** Sends SIGTERM to the tree, waits for the request's grace, then kills what is left of it; returns when nothing is. */
    void stop();

    /** The same with a grace of at most {@code grace}, also for a stop that is under way in another thread. */
    void stop(Duration grace);

    /** The same as {@link #stop()}. */
    @Override
    default void close() {
        stop();
    }
}
