package dev.railiance.prometheus;

import dev.railiance.effect.MetricSource.Reason;
import dev.railiance.effect.SecretSource;
import dev.railiance.http.HttpClient;
import dev.railiance.http.HttpOutcome;
import dev.railiance.http.HttpRequest;
import dev.railiance.process.Cancellation;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;

/** One question to the API of Prometheus. */
final class PrometheusCall {

    /** Eleven thousand samples, the most that a series may have in an answer, need less than half a megabyte. */
    static final int BODY_LIMIT = 8 << 20;

    private static final int METHOD_NOT_ALLOWED = 405;

    private final PrometheusAccess access;
    private final SecretSource secrets;
    private volatile boolean byGet;

    PrometheusCall(PrometheusAccess access, SecretSource secrets) {
        this.access = access;
        this.secrets = secrets;
    }

    /** What came of a request. */
    sealed interface Reply {
        /** The whole body of a 200; never printed. */
        record Body(String text) implements Reply {

            @Override
            public String toString() {
                return "Body[***]";
            }
        }

        record Failed(Reason reason) implements Reply {}
    }

    /**
     * Asks with a form, which has no limit of length that a query could reach as it could in an address. Where a proxy lets
     * nothing but GET through, so says 405, the form goes into the address, then and from then on.
     */
    Reply query(String path, Map<String, String> form, Cancellation cancellation) {
        String encoded = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        if (!byGet) {
            Reply reply = send("POST", access.at(path), encoded, cancellation);
            if (!reply.equals(new Reply.Failed(new Reason.Refused(METHOD_NOT_ALLOWED)))) {
                return reply;
            }
            byGet = true;
        }
        return get(path + "?" + encoded, cancellation);
    }

    Reply get(String path, Cancellation cancellation) {
        return send("GET", access.at(path), "", cancellation);
    }

    private Reply send(String method, URI address, String form, Cancellation cancellation) {
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json"));
        if (!form.isEmpty()) {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        }
        switch (Authorization.of(access.credential(), secrets, cancellation)) {
            case Authorization.Lacking lacking -> {
                return new Reply.Failed(
                        cancellation.isCancelled() ? new Reason.Cancelled() : new Reason.NoCredential(lacking.lack()));
            }
            case Authorization.Header header -> header.value().ifPresent(it -> headers.put("Authorization", it));
        }
        HttpRequest request = new HttpRequest(address, method, Optional.empty(), headers, form, BODY_LIMIT);
        try {
            HttpClient client = new HttpClient(System::nanoTime, trust());
            return reply(client.ask(request, access.timeLimit(), cancellation));
        } catch (IOException | GeneralSecurityException e) {
            return new Reply.Failed(new Reason.Untrusted());
        }
    }

    private Optional<SSLSocketFactory> trust() throws IOException, GeneralSecurityException {
        return access.authority().isEmpty()
                ? Optional.empty()
                : Optional.of(CustomTrust.in(access.authority().get()).getSocketFactory());
    }

    private Reply reply(HttpOutcome outcome) {
        return switch (outcome) {
            case HttpOutcome.NoAnswer none -> new Reply.Failed(reason(none.cause()));
            case HttpOutcome.Answer answer -> {
                if (answer.status() != 200) {
                    yield new Reply.Failed(new Reason.Refused(answer.status()));
                }
                if (answer.cut()) {
                    yield new Reply.Failed(new Reason.TooManyBytes(BODY_LIMIT));
                }
                yield answer.complete() ? new Reply.Body(answer.body()) : new Reply.Failed(new Reason.Unreachable());
            }
        };
    }

    private Reason reason(HttpOutcome.Cause cause) {
        return switch (cause) {
            case UNKNOWN_HOST, NO_CONNECTION, BROKEN -> new Reason.Unreachable();
            case UNTRUSTED -> new Reason.Untrusted();
            case NOT_HTTP -> new Reason.Malformed();
            case LATE -> new Reason.TimedOut(access.timeLimit());
            case CANCELLED -> new Reason.Cancelled();
        };
    }
}
