package dev.railiance;

import dev.railiance.metric.EngineMetrics;
import dev.railiance.metric.Measurement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Measures work, also work that ends with an exception. */
record Stopwatch(EngineMetrics metrics) {

    /**
     * Does {@code work} and records what came of it.
     *
     * @param measured from the result, empty after an exception, and the time that it took
     */
    <T> T time(Supplier<T> work, BiFunction<Optional<T>, Duration, Measurement> measured) {
        long start = System.nanoTime();
        Optional<T> result = Optional.empty();
        try {
            T value = work.get();
            result = Optional.of(value);
            return value;
        } finally {
            metrics.record(measured.apply(result, Duration.ofNanos(System.nanoTime() - start)));
        }
    }
}
