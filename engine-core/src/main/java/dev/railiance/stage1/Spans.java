package dev.railiance.stage1;

import java.time.Duration;

/** Spans of time: bounded so that arithmetic on them cannot overflow, and written as people write them. */
final class Spans {

    /** Longer than any stage; what a contract declares beyond it makes no difference. */
    static final Duration LONGEST = Duration.ofDays(30);

    private Spans() {}

    /** The span, at least a millisecond and at most {@link #LONGEST}. */
    static Duration bounded(Duration span) {
        Duration shortest = Duration.ofMillis(1);
        if (span.compareTo(shortest) < 0) {
            return shortest;
        }
        return shorter(span, LONGEST);
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** {@code 250 ms} below a second or between two, {@code 90 s} else. */
    static String words(Duration span) {
        long millis = bounded(span).toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
