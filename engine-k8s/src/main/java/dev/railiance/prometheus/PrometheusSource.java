package dev.railiance.prometheus;

import dev.railiance.effect.MetricSource;
import dev.railiance.effect.SecretSource;
import dev.railiance.process.Cancellation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Samples from the HTTP API of a Prometheus. */
public final class PrometheusSource implements MetricSource {

    /** Prometheus refuses a query with more samples in a series. */
    private static final int STEPS = 11_000;

    private final PrometheusCall call;

    /** Nothing is asked yet; the secret is read at each request. */
    public PrometheusSource(PrometheusAccess access, SecretSource secrets) {
        call = new PrometheusCall(access, secrets);
    }

    @Override
    public Answer range(Range range, Cancellation cancellation) {
        if (range.steps() > STEPS) {
            return new Answer.Unanswered(new Reason.TooManySteps(STEPS));
        }
        Map<String, String> form = Map.of(
                "query", range.query(),
                "start", seconds(range.from()),
                "end", seconds(range.to()),
                "step", BigDecimal.valueOf(range.step().toMillis(), 3).toPlainString());
        return answer("/api/v1/query_range", form, range, cancellation);
    }

    @Override
    public Answer instant(String query, Instant at, Cancellation cancellation) {
        Range moment = new Range(query, at, at, Duration.ofSeconds(1));
        return answer("/api/v1/query", Map.of("query", query, "time", seconds(at)), moment, cancellation);
    }

    private Answer answer(String path, Map<String, String> form, Range range, Cancellation cancellation) {
        return switch (call.query(path, form, cancellation)) {
            case PrometheusCall.Reply.Failed failed -> new Answer.Unanswered(failed.reason());
            case PrometheusCall.Reply.Body body ->
                PrometheusAnswer.result(body.text())
                        .map(result -> judge(result, range, cancellation))
                        .orElseGet(() -> new Answer.Unanswered(new Reason.Malformed()));
        };
    }

    private Answer judge(PrometheusAnswer.Result result, Range range, Cancellation cancellation) {
        if (result.series().isEmpty()) {
            return new Answer.Unanswered(new Reason.NoData());
        }
        if (result.series().size() > 1) {
            return new Answer.Unanswered(
                    new Reason.SeveralSeries(result.series().size()));
        }
        List<Sample> samples = result.series().getFirst();
        if (!within(samples, range)) {
            return new Answer.Unanswered(new Reason.Malformed());
        }
        return new Answer.Samples(
                samples,
                new Continuity(range.steps() - samples.size(), start(range.from(), cancellation), result.warned()));
    }

    /** Whether the samples are of moments that were asked for, each once and in order. */
    private static boolean within(List<Sample> samples, Range range) {
        long from = range.from().toEpochMilli();
        long last = -1;
        for (Sample sample : samples) {
            long offset = sample.at().toEpochMilli() - from;
            long step = offset / range.step().toMillis();
            if (offset < 0 || offset % range.step().toMillis() != 0 || step <= last || step >= range.steps()) {
                return false;
            }
            last = step;
        }
        return true;
    }

    /** A proxy may well not let this page through; then the start is not known. */
    private Start start(Instant from, Cancellation cancellation) {
        return switch (call.get("/api/v1/status/runtimeinfo", cancellation)) {
            case PrometheusCall.Reply.Failed failed -> Start.UNKNOWN;
            case PrometheusCall.Reply.Body body ->
                PrometheusAnswer.start(body.text())
                        .map(start -> start.isAfter(from) ? Start.WITHIN_WINDOW : Start.BEFORE_WINDOW)
                        .orElse(Start.UNKNOWN);
        };
    }

    private static String seconds(Instant moment) {
        return BigDecimal.valueOf(moment.truncatedTo(ChronoUnit.MILLIS).toEpochMilli(), 3)
                .toPlainString();
    }
}
