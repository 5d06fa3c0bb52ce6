package dev.railiance.gate;

import java.time.Instant;

/** The time that was looked at. */
public record Window(Instant from, Instant to) {

    public Window {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a window does not end before it begins");
        }
    }
}
