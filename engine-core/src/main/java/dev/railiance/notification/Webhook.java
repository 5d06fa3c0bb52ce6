package dev.railiance.notification;

import dev.railiance.contract.Notification;
import dev.railiance.http.HttpClient;
import dev.railiance.http.HttpOutcome;
import dev.railiance.http.HttpRequest;
import dev.railiance.process.Cancellation;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tells one receiver of one event, once. No redirect is followed: only the declared address is told. */
final class Webhook {

    /** What a receiver says is not looked at. */
    private static final int BODY_LIMIT = 1;

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final HttpClient client = new HttpClient(System::nanoTime, Optional.empty());
    private final Map<String, String> environment;
    private final InstantSource clock;

    Webhook(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    /** Why the receiver was not told, in words that hold neither secret nor answer; empty if it says that it was. */
    Optional<String> tell(Notification receiver, Notice notice, Cancellation cancellation) {
        Optional<SigningSecret> secret = SigningSecret.read(receiver.secret(), environment);
        if (secret.isEmpty()) {
            return Optional.of("there is no secret of the form whsec_BASE64 at " + receiver.secret());
        }
        var headers = new TreeMap<>(secret.get().headers(notice, clock.instant()));
        headers.put("Content-Type", Notice.CONTENT_TYPE);
        var request = new HttpRequest(
                URI.create(receiver.url()), "POST", Optional.empty(), headers, notice.body(), BODY_LIMIT);
        return problem(client.ask(request, ANSWER, cancellation));
    }

    private static Optional<String> problem(HttpOutcome outcome) {
        return switch (outcome) {
            case HttpOutcome.Answer answer ->
                answer.status() / 100 == 2
                        ? Optional.empty()
                        : Optional.of("it answers with status " + answer.status());
            case HttpOutcome.NoAnswer(HttpOutcome.Cause cause) ->
                Optional.of(
                        switch (cause) {
                            case UNKNOWN_HOST -> "its host is unknown";
                            case NO_CONNECTION -> "nobody accepts connections there";
                            case UNTRUSTED -> "there is no TLS connection that can be trusted";
                            case NOT_HTTP, BROKEN -> "it does not answer as a web server does";
                            case LATE, CANCELLED -> "it does not answer in time";
                        });
        };
    }
}
