package dev.railiance.stage1;

import dev.railiance.contract.Check;
import dev.railiance.process.Cancellation;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;

/** Whether an HTTP request gets the answer that is declared: status, body, latency, all within one deadline. */
final class HttpCheck {

    private HttpCheck() {}

    static Finding make(Check.Http check, Duration limit, LongSupplier clock, Cancellation cancellation) {
        HttpExchange exchange;
        try {
            exchange = HttpExchange.prepare(URI.create(check.url()), check.method(), clock);
        } catch (IllegalArgumentException | java.io.IOException e) {
            return Finding.errored("the URL is not one of http or https");
        }
        return switch (BoundedCall.make(exchange, exchange::abort, limit, cancellation)) {
            case BoundedCall.Result.Returned<HttpExchange.Answer> returned -> judge(check, returned.value());
            case BoundedCall.Result.Late<HttpExchange.Answer> late ->
                Finding.failed("no complete answer within " + Spans.words(limit));
            case BoundedCall.Result.Cancelled<HttpExchange.Answer> cancelled -> Finding.INTERRUPTED;
            case BoundedCall.Result.Threw<HttpExchange.Answer> threw -> broken(check, threw.cause());
        };
    }

    private static Finding broken(Check.Http check, Throwable cause) {
        return switch (cause) {
            case UnknownHostException unknown -> Finding.missing(check.optional(), "unknown host");
            case ConnectException refused -> Finding.failed("no connection");
            case SSLException tls -> Finding.failed("no trusted TLS connection");
            default -> Finding.failed("the connection broke before the answer was complete");
        };
    }

    private static Finding judge(Check.Http check, HttpExchange.Answer answer) {
        if (answer.status() < 0) {
            return Finding.failed("the answer is not HTTP");
        }
        if (answer.status() != check.status()) {
            return Finding.failed("status " + answer.status() + ", expected " + check.status());
        }
        if (!answer.complete()) {
            return Finding.failed("the connection broke before the answer was complete");
        }
        if (check.bodyContains().isPresent()
                && !answer.body().contains(check.bodyContains().get())) {
            return Finding.failed(
                    answer.cut()
                            ? "the first " + HttpExchange.BODY_LIMIT + " bytes of the body lack the declared text"
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
