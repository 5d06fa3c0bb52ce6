package dev.railiance.benchmarks;

/** All entries of a trail in one number, so that two ways to it can be compared in one process, and no work is left out. */
final class TrailSum {

    private long events;
    private long sum;

    void add(TrailEntry entry) {
        events++;
        sum = 31 * sum + entry.hashCode();
    }

    long events() {
        return events;
    }

    /** The same for the same entries in the same order. */
    boolean sameAs(TrailSum other) {
        return events == other.events && sum == other.sum;
    }
}
