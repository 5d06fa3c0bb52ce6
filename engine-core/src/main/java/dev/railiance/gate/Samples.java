package dev.railiance.gate;

import java.util.Collections;
import java.util.List;

/**
 * Answers of a metric source, in any order.
 *
 * @param values as they came, NaN and infinities among them
 * @param condition whether they can be trusted as a whole
 */
public record Samples(List<Double> values, Condition condition) {

    public Samples {
        values = List.copyOf(values);
    }

    /** Without a gap. */
    public static Samples of(List<Double> values) {
        return new Samples(values, Condition.WHOLE);
    }

    /** What is known about samples beside their values. The later one outweighs the earlier one. */
    public enum Condition {
        /** Nothing against them. */
        WHOLE,
        /** Some are missing, or the source or what it counts was started anew meanwhile. */
        INTERRUPTED,
        /** The query's labels match no series at all, which is not the same as nothing to report. */
        UNMATCHED,
        /** The source could not be asked, or its answer is none. */
        UNAVAILABLE
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    int size() {
        return values.size();
    }

    boolean finite() {
        return values.stream().allMatch(Double::isFinite);
    }

    /** In rising order, so that nothing depends on the order in which they came; without negative zeros. */
    double[] sorted(boolean negated) {
        return values.stream()
                .mapToDouble(value -> (negated ? -value : value) + 0.0)
                .sorted()
                .toArray();
    }

    static Condition worse(Condition one, Condition other) {
        return Collections.max(List.of(one, other));
    }
}
