package dev.railiance.http;

import dev.railiance.http.HttpOutcome.Cause;
import dev.railiance.http.HttpOutcome.NoAnswer;
import dev.railiance.process.BoundedCall;
import dev.railiance.process.Cancellation;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks servers straight: no proxy, no redirect followed, no connection kept, and no request repeated.
 *
 * <p>Not one of the JDK's clients: both send a request a second time, unseen, when a connection ends without an answer, so that
 * who counts failures counts too few; and neither lets a request name another host than it connects to, unless the whole JVM
 * was started for that.
 *
 * @param clock in nanoseconds, from anywhere on
 * @param trust makes TLS connections; the JDK's own where empty
 */
public record HttpClient(LongSupplier clock, Optional<SSLSocketFactory> trust) {

    /**
     * Asks once.
     *
     * @param limit for everything: look-up, connection, request and the whole answer
     */
    public HttpOutcome ask(HttpRequest request, Duration limit, Cancellation cancellation) {
        HttpExchange exchange = new HttpExchange(request, trust, clock);
        return switch (BoundedCall.make(exchange, exchange::abort, limit, cancellation)) {
            case BoundedCall.Result.Returned<HttpOutcome> returned -> returned.value();
            case BoundedCall.Result.Late<HttpOutcome> late -> new NoAnswer(Cause.LATE);
            case BoundedCall.Result.Cancelled<HttpOutcome> cancelled -> new NoAnswer(Cause.CANCELLED);
            case BoundedCall.Result.Threw<HttpOutcome> threw -> new NoAnswer(cause(threw.cause()));
        };
    }

    private static Cause cause(Throwable thrown) {
        return switch (thrown) {
            case UnknownHostException unknown -> Cause.UNKNOWN_HOST;
            case ConnectException refused -> Cause.NO_CONNECTION;
            case SSLException tls -> Cause.UNTRUSTED;
            default -> Cause.BROKEN;
        };
    }
}
