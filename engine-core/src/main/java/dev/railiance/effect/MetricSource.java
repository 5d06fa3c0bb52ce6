package dev.railiance.effect;

import dev.railiance.process.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Where the samples of a metric come from. Never throws for what a server or a network can do. */
public interface MetricSource extends AutoCloseable {

    /** Asks for the values of one series over a window. */
    Answer range(Range range, Cancellation cancellation);

    /**
     * Asks for the value of one series at one moment. The window of the continuity is that moment alone.
     *
     * @param query in the language of the source
     */
    Answer instant(String query, Instant at, Cancellation cancellation);

    /** Gives back what is kept open for the next question. */
    @Override
    default void close() {}

    /**
     * A query over a window.
     *
     * @param query in the language of the source
     * @param from the first moment, to the millisecond
     * @param to the last moment, not before {@code from}
     * @param step between two samples, at least a millisecond
     */
    record Range(String query, Instant from, Instant to, Duration step) {

        public Range {
            if (to.isBefore(from)) {
                throw new IllegalArgumentException("a window ends after it begins");
            }
            if (step.toMillis() < 1) {
                throw new IllegalArgumentException("a step takes at least a millisecond");
            }
        }

        /** How many samples a series without a gap has. */
        public long steps() {
            return Duration.between(from, to).toMillis() / step.toMillis() + 1;
        }
    }

    /** A value at a moment; it may be NaN or infinite. */
    record Sample(Instant at, double value) {}

    /** Whether the source saw the window from beginning to end. */
    enum Start {
        BEFORE_WINDOW,
        WITHIN_WINDOW,
        UNKNOWN
    }

    /**
     * What the samples may lack.
     *
     * @param missing steps of the window without a sample
     * @param start when the source itself began to run, seen from the window
     * @param warned whether the source says that its answer may be incomplete
     */
    record Continuity(long missing, Start start, boolean warned) {

        /**
         * Whether the samples are known to be all that there was. A source that does not tell when it was started may have been
         * away in the window and have put a counter's reset into it: its samples are not known to be whole.
         */
        public boolean whole() {
            return missing == 0 && start == Start.BEFORE_WINDOW && !warned;
        }
    }

    /** What came of a query. */
    sealed interface Answer {

        /** The samples of the one series that the query selects, in order of time; at least one. */
        record Samples(List<Sample> samples, Continuity continuity) implements Answer {

            public Samples {
                samples = List.copyOf(samples);
            }
        }

        /** No samples, and why. */
        record Unanswered(Reason reason) implements Answer {}
    }

    /** Why there are no samples; nothing in it was written by the server. */
    sealed interface Reason {

        /** The query selects nothing. */
        record NoData() implements Reason {}

        /** The query selects {@code count} series where one can be judged. */
        record SeveralSeries(int count) implements Reason {}

        /** The address that is declared is none that can be asked. */
        record NoAddress() implements Reason {}

        /** No way into the cluster; {@code reason} is in the adapter's own words. */
        record NotForwarded(String reason) implements Reason {}

        /** No connection, or it broke. */
        record Unreachable() implements Reason {}

        /** No connection that can be trusted. */
        record Untrusted() implements Reason {}

        /** The server answered with another status than 200. */
        record Refused(int status) implements Reason {}

        record TimedOut(Duration limit) implements Reason {}

        /** The answer is not what such a server says. */
        record Malformed() implements Reason {}

        /** The answer has more bytes than are read. */
        record TooManyBytes(long limit) implements Reason {}

        /** The window has more steps than a server answers; it was not asked. */
        record TooManySteps(long limit) implements Reason {}

        /** The credential that the access refers to is not there or cannot be read. */
        record NoCredential(SecretSource.Lack lack) implements Reason {}

        record Cancelled() implements Reason {}
    }
}
