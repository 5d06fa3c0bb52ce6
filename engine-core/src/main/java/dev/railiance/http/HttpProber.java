package dev.railiance.http;

import dev.railiance.http.HttpOutcome.Answer;
import dev.railiance.http.HttpOutcome.Cause;
import dev.railiance.http.HttpOutcome.NoAnswer;
import dev.railiance.process.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a server the same thing a number of times, one after another, and tells of each time what came of it. */
public final class HttpProber {

    private final HttpClient client;

    /** Nothing is asked yet. */
    public HttpProber(HttpClient client) {
        this.client = client;
    }

    /**
     * What is asked how often.
     *
     * @param bodyContains text that is looked for in each body, up to the request's limit
     * @param requests at least one
     * @param each for one request with its whole answer
     * @param together for all of them; what was not asked by then is not asked any more
     */
    public record Series(
            HttpRequest request, Optional<String> bodyContains, int requests, Duration each, Duration together) {

        public Series {
            if (requests < 1) {
                throw new IllegalArgumentException("at least one request is made");
            }
        }
    }

    /** What came of one request. */
    public sealed interface Probe {

        /**
         * A whole answer.
         *
         * @param matched whether the body contains what is looked for, or nothing is
         * @param latency from sending the request to the end of the body
         */
        record Answered(int status, boolean matched, Duration latency) implements Probe {}

        /** None: a failure of the server or of the way to it. */
        record Unanswered(Cause cause) implements Probe {}
    }

    /** Why no more was asked. */
    public enum End {
        /** All was asked. */
        COMPLETE,
        /** The time for all was over. */
        LATE,
        CANCELLED
    }

    /** What came of a series: a request that was cut short by its end is not among the probes. */
    public record Probes(List<Probe> probes, End end) {

        public Probes {
            probes = List.copyOf(probes);
        }
    }

    /** Asks. */
    public Probes probe(Series series, Cancellation cancellation) {
        List<Probe> probes = new ArrayList<>();
        long start = client.clock().getAsLong();
        while (probes.size() < series.requests()) {
            Duration left = series.together().minusNanos(client.clock().getAsLong() - start);
            if (!left.isPositive()) {
                return new Probes(probes, End.LATE);
            }
            boolean last = left.compareTo(series.each()) < 0;
            HttpOutcome outcome = client.ask(series.request(), last ? left : series.each(), cancellation);
            if (outcome instanceof NoAnswer(Cause cause)) {
                if (cause == Cause.CANCELLED) {
                    return new Probes(probes, End.CANCELLED);
                }
                if (cause == Cause.LATE && last) {
                    // It had less time than a request has: that says nothing about the server.
                    return new Probes(probes, End.LATE);
                }
            }
            probes.add(probe(series, outcome));
        }
        return new Probes(probes, End.COMPLETE);
    }

    private static Probe probe(Series series, HttpOutcome outcome) {
        return switch (outcome) {
            case NoAnswer none -> new Probe.Unanswered(none.cause());
            case Answer answer ->
                answer.complete()
                        ? new Probe.Answered(
                                answer.status(),
                                series.bodyContains()
                                        .map(answer.body()::contains)
                                        .orElse(true),
                                answer.latency())
                        : new Probe.Unanswered(Cause.BROKEN);
        };
    }
}
