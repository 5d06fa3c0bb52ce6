package dev.railiance.effect;

import dev.railiance.process.Cancellation;
import java.time.Duration;

/** Makes a service in a cluster reachable on this machine. Never throws for what a cluster or a tool can cause. */
public interface ServiceForward {

    /**
     * Opens a way to the service and waits until it is open.
     *
     * @param opening how long that may take
     * @param lifetime after which the way closes by itself
     */
    Opening open(Service service, Duration opening, Duration lifetime, Cancellation cancellation);

    /** A port of a service. */
    record Service(String namespace, String name, int port) {}

    /** What came of opening. */
    sealed interface Opening {

        /** The way is open until it is closed. */
        record Opened(Way way) implements Opening {}

        /** There is no way; {@code reason} is in the adapter's own words. */
        record Failed(String reason) implements Opening {}

        record TimedOut(Duration limit) implements Opening {}

        record Cancelled() implements Opening {}
    }

    /** A port of 127.0.0.1 that leads to the service. */
    interface Way extends AutoCloseable {

        int port();

        /** Whether the way is still open, as far as can be known without using it. */
        boolean isOpen();

        @Override
        void close();
    }
}
