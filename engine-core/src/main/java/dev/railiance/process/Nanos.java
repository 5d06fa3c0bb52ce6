package dev.railiance.process;

import java.time.Duration;

/** Durations as nanoseconds, cut off at 292 years instead of failing. */
final class Nanos {

    private Nanos() {}

    static long of(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    static long later(long point, Duration duration) {
        long nanos = of(duration);
        return point > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : point + nanos;
    }
}
