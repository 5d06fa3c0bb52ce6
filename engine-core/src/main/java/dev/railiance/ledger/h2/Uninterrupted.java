package dev.railiance.ledger.h2;

import java.util.function.Supplier;

/**
 * Work on files that a thread does to its end although it has been interrupted, as the one that records a cancelled run: H2
 * takes an interrupt for the end of a wait that it needs, and the JDK closes the channel. It is interrupted again afterwards.
 */
final class Uninterrupted {

    private Uninterrupted() {}

    static <T> T get(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static void run(Runnable work) {
        get(() -> {
            work.run();
            return true;
        });
    }
}
