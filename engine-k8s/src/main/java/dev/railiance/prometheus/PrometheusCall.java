package dev.railiance.prometheus;

import dev.railiance.effect.MetricSource.Reason;
import dev.railiance.effect.SecretSource;
import dev.railiance.process.Cancellation;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** One request to Prometheus, straight to it: no proxy, no redirect followed, one deadline over the whole answer. */
final class PrometheusCall {

    private final PrometheusAccess access;
    private final SecretSource secrets;

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

    /** As a form, which has no limit of length that a query could reach as it could in an address. */
    Reply post(String path, Map<String, String> form, Cancellation cancellation) {
        String body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                cancellation);
    }

    Reply get(String path, Cancellation cancellation) {
        return send(request(path).GET(), cancellation);
    }

    private HttpRequest.Builder request(String path) {
        URI address = access.at(path);
        return HttpRequest.newBuilder(address)
                .header("Accept", "application/json")
                .header("User-Agent", "railiance");
    }

    private Reply send(HttpRequest.Builder request, Cancellation cancellation) {
        switch (Authorization.of(access.credential(), secrets)) {
            case Authorization.Lacking lacking -> {
                return new Reply.Failed(new Reason.NoCredential(lacking.lack()));
            }
            case Authorization.Header header -> header.value().ifPresent(it -> request.header("Authorization", it));
        }
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY);
        try {
            if (access.authority().isPresent()) {
                builder.sslContext(CustomTrust.in(access.authority().get()));
            }
        } catch (IOException | GeneralSecurityException e) {
            return new Reply.Failed(new Reason.Untrusted());
        }
        HttpClient client = builder.build();
        try {
            return await(client.sendAsync(request.build(), answer -> new BoundedBody()), cancellation);
        } finally {
            client.shutdownNow();
        }
    }

    private Reply await(CompletableFuture<HttpResponse<byte[]>> sent, Cancellation cancellation) {
        Cancellation.Registration registration = cancellation.onCancel(() -> sent.cancel(true));
        try {
            HttpResponse<byte[]> answer = sent.get(access.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
            return answer.statusCode() == 200
                    ? new Reply.Body(new String(answer.body(), StandardCharsets.UTF_8))
                    : new Reply.Failed(new Reason.Refused(answer.statusCode()));
        } catch (TimeoutException e) {
            sent.cancel(true);
            return new Reply.Failed(new Reason.TimedOut(access.timeLimit()));
        } catch (CancellationException e) {
            return new Reply.Failed(new Reason.Cancelled());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sent.cancel(true);
            return new Reply.Failed(new Reason.Cancelled());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return new Reply.Failed(reason(cause == null ? e : cause));
        } finally {
            registration.close();
        }
    }

    private static Reason reason(Throwable cause) {
        return switch (cause) {
            case BoundedBody.Exceeded exceeded -> new Reason.TooMuch(BoundedBody.LIMIT);
            case SSLException tls -> new Reason.Untrusted();
            default -> new Reason.Unreachable();
        };
    }
}
