package dev.railiance.stage1;

import dev.railiance.contract.Check;
import dev.railiance.http.HttpClient;
import dev.railiance.http.HttpOutcome;
import dev.railiance.http.HttpRequest;
import dev.railiance.process.Cancellation;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Whether an HTTP request gets the answer that is declared: status, body, latency, all within one deadline. */
final class HttpCheck {

    private static final Finding BROKEN = Finding.failed("the connection broke before the answer was complete");

    private HttpCheck() {}

    static Finding make(Check.Http check, Duration limit, LongSupplier clock, Cancellation cancellation) {
        HttpRequest request;
        try {
            request = HttpRequest.of(check.method(), URI.create(check.url()));
        } catch (IllegalArgumentException e) {
            return Finding.errored("the URL is not one of http or https");
        }
        return switch (new HttpClient(clock, Optional.empty()).ask(request, limit, cancellation)) {
            case HttpOutcome.Answer answer -> judge(check, answer);
            case HttpOutcome.NoAnswer none ->
                switch (none.cause()) {
                    case UNKNOWN_HOST -> Finding.missing(check.optional(), "unknown host");
                    case NO_CONNECTION -> Finding.failed("no connection");
                    case UNTRUSTED -> Finding.failed("no trusted TLS connection");
                    case NOT_HTTP -> Finding.failed("the answer is not HTTP");
                    case BROKEN -> BROKEN;
                    case LATE -> Finding.failed("no complete answer within " + Spans.words(limit));
                    case CANCELLED -> Finding.INTERRUPTED;
                };
        };
    }

    private static Finding judge(Check.Http check, HttpOutcome.Answer answer) {
        if (answer.status() != check.status()) {
            return Finding.failed("status " + answer.status() + ", expected " + check.status());
        }
        if (!answer.complete()) {
            return BROKEN;
        }
        if (check.bodyContains().isPresent()
                && !answer.body().contains(check.bodyContains().get())) {
            return Finding.failed(
                    answer.cut()
                            ? "the first " + HttpRequest.BODY_LIMIT + " bytes of the body lack the declared text"
                            : "the body lacks the declared text");
        }
        if (check.maxLatency().isPresent()
                && answer.latency().compareTo(check.maxLatency().get()) > 0) {
            return Finding.failed("answered after " + answer.latency().toMillis() + " ms, allowed "
                    + check.maxLatency().get().toMillis() + " ms");
        }
        return Finding.PASSED;
    }
}
