package dev.railiance.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Durations as they come, eight bytes each. */
final class Durations {

    private long[] millis = new long[16];
    private int count;

    /** The time between two instants; it is not known, and left out, where clocks disagree or the order is not that of time. */
    void add(Instant from, Instant to) {
        if (!to.isBefore(from)) {
            add(Duration.between(from, to).toMillis());
        }
    }

    private void add(long sample) {
        if (count == millis.length) {
            millis = Arrays.copyOf(millis, 2 * count);
        }
        millis[count++] = sample;
    }

    void addAll(Durations others) {
        for (int i = 0; i < others.count; i++) {
            add(others.millis[i]);
        }
    }

    Statistics.Spread spread() {
        long[] sorted = Arrays.copyOf(millis, count);
        Arrays.sort(sorted);
        return new Statistics.Spread(count, percentile(sorted, 50), percentile(sorted, 90));
    }

    private static Optional<Long> percentile(long[] sorted, int percent) {
        // The nearest rank, counted from 1, is ⌈n · percent / 100⌉.
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of(sorted[(int) (((long) sorted.length * percent + 99) / 100) - 1]);
    }
}
