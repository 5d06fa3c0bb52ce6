package dev.railiance.observation;

import dev.railiance.effect.MetricSource;
import dev.railiance.effect.MetricSource.Answer;
import dev.railiance.effect.MetricSource.Continuity;
import dev.railiance.effect.MetricSource.Range;
import dev.railiance.effect.MetricSource.Sample;
import dev.railiance.effect.MetricSource.Start;
import dev.railiance.gate.Samples;
import dev.railiance.gate.Samples.Condition;
import dev.railiance.gate.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The moments at which a metric is sampled: whole intervals after the beginning, the newest of them, at most so many.
 *
 * @param from the first one
 * @param to the last one, not before {@code from}
 */
record SampleWindow(Instant from, Instant to, Duration interval) {

    /**
     * The window as it is now.
     *
     * @param since after which a whole interval has passed
     */
    static SampleWindow of(Instant since, Instant now, Duration interval, int most) {
        long last = Math.max(1, Duration.between(since, now).toMillis() / interval.toMillis());
        long first = Math.max(1, last - most + 1);
        return new SampleWindow(
                since.plus(interval.multipliedBy(first)), since.plus(interval.multipliedBy(last)), interval);
    }

    Range asking(String query) {
        return new Range(query, from, to, interval);
    }

    Window window() {
        return new Window(from, to);
    }

    /**
     * What an answer is worth. A series that begins within the window is not interrupted: the application was not scraped before.
     *
     * @param begin the moment before which samples are left out
     */
    Samples samples(Answer.Samples answer, Instant begin) {
        List<Sample> kept = answer.samples().stream()
                .filter(sample -> !sample.at().isBefore(begin))
                .toList();
        return new Samples(
                kept.stream().map(Sample::value).toList(),
                whole(kept, answer.continuity()) ? Condition.WHOLE : Condition.INTERRUPTED);
    }

    private boolean whole(List<Sample> samples, Continuity continuity) {
        if (continuity.start() != Start.BEFORE_WINDOW || continuity.warned()) {
            return false;
        }
        return samples.isEmpty()
                || Duration.between(samples.getFirst().at(), to).toMillis() / interval.toMillis() + 1 == samples.size();
    }

    /**
     * The moment of the first finite sample of an answer; long ago where there is none. A quotient of two rates is no number until
     * the first requests have come.
     */
    static Instant begin(Answer answer) {
        return answer instanceof Answer.Samples samples
                ? samples.samples().stream()
                        .filter(sample -> Double.isFinite(sample.value()))
                        .findFirst()
                        .map(Sample::at)
                        .orElse(Instant.MIN)
                : Instant.MIN;
    }

    /** Why there is no answer, in words. */
    static String words(MetricSource.Reason reason) {
        return switch (reason) {
            case MetricSource.Reason.NoData none -> "the query selects nothing";
            case MetricSource.Reason.SeveralSeries several ->
                "the query selects " + several.count()
                        + " series where one can be judged: aggregate them, by sum() for instance";
            case MetricSource.Reason.NoAddress none -> "the declared address of Prometheus cannot be asked";
            case MetricSource.Reason.NotForwarded not -> "no way to Prometheus in the cluster: " + not.reason();
            case MetricSource.Reason.Unreachable not -> "Prometheus cannot be reached";
            case MetricSource.Reason.Untrusted not -> "no trusted TLS connection to Prometheus";
            case MetricSource.Reason.Refused refused -> "Prometheus answered with status " + refused.status();
            case MetricSource.Reason.TimedOut late ->
                "Prometheus did not answer within " + late.limit().toMillis() + " ms";
            case MetricSource.Reason.Malformed malformed -> "the answer is none of Prometheus";
            case MetricSource.Reason.TooManyBytes many -> "the answer is larger than " + many.limit() + " bytes";
            case MetricSource.Reason.TooManySteps many -> "the window has more than " + many.limit() + " steps";
            case MetricSource.Reason.NoCredential none -> "the credential for Prometheus cannot be had: " + lack(none);
            case MetricSource.Reason.Cancelled cancelled -> "interrupted";
        };
    }

    private static String lack(MetricSource.Reason.NoCredential none) {
        return switch (none.lack()) {
            case ABSENT -> "it is not there";
            case UNSUPPORTED -> "this place cannot be read";
            case DENIED -> "it may not be read";
            case UNREACHABLE -> "where it is kept cannot be asked";
            case UNUSABLE -> "it cannot be sent";
        };
    }
}
