package dev.railiance.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.railiance.contract.Observability.Credential;
import dev.railiance.contract.value.SecretLocation;
import dev.railiance.effect.MetricSource;
import dev.railiance.effect.MetricSource.Answer;
import dev.railiance.effect.MetricSource.Reason;
import dev.railiance.effect.SecretSource.Lack;
import dev.railiance.process.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileServerTest {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static final Instant AT = Instant.ofEpochSecond(1_800_000_000);

    private static final String ONE =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[%d,\"7\"]}]}}";

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(
                work -> Thread.ofPlatform().daemon().unstarted(work)));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>sign in</html>",
                "",
                "null",
                "[]",
                "{\"status\":\"error\"}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"string\",\"result\":[1,\"x\"]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":7}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1,2]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1e99,\"2\"]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1,\"two\"]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1,\"2\"]}]}}"
            })
    void whatIsNoAnswerIsMalformed(String body) {
        server.createContext("/", exchange -> send(exchange, 200, body));
        assertEquals(new Reason.Malformed(), reason(new Credential.None()));
    }

    @Test
    void deepJsonIsMalformed() {
        server.createContext("/", exchange -> send(exchange, 200, "[".repeat(1_000_000)));
        assertEquals(new Reason.Malformed(), reason(new Credential.None()));
    }

    @Test
    void anEndlessBodyIsGivenUp() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write(blanks);
                }
            }
        });
        assertEquals(new Reason.TooManyBytes(PrometheusCall.BODY_LIMIT), reason(new Credential.None()));
    }

    @Test
    void aBodyThatDripsIsGivenUpInTime() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            try {
                for (int drop = 0; drop < 300; drop++) {
                    body.write(' ');
                    body.flush();
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        long start = System.nanoTime();
        assertEquals(new Reason.TimedOut(LIMIT), reason(new Credential.None()));
        assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(LIMIT.multipliedBy(3)) < 0);
    }

    @Test
    void aCredentialIsNotTakenElsewhere() {
        AtomicInteger elsewhere = new AtomicInteger();
        server.createContext("/elsewhere", exchange -> {
            elsewhere.incrementAndGet();
            send(exchange, 200, "{}");
        });
        server.createContext("/api", exchange -> {
            assertEquals("Bearer t0ken", exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            send(exchange, 307, "");
        });
        assertEquals(new Reason.Refused(307), reason(new Credential.Bearer(new SecretLocation.Environment("TOKEN"))));
        assertEquals(0, elsewhere.get());
    }

    @Test
    void aSecretKeptWhereNothingReadsIsRefused() {
        assertEquals(
                new Reason.NoCredential(Lack.UNSUPPORTED),
                reason(new Credential.Bearer(new SecretLocation.Vault("team/metrics", "token"))));
    }

    @Test
    void whereOnlyGetIsLetThroughTheQueryGoesIntoTheAddress() {
        List<String> asked = new CopyOnWriteArrayList<>();
        server.createContext("/api/v1/query", exchange -> {
            asked.add(exchange.getRequestMethod());
            if (exchange.getRequestMethod().equals("GET")) {
                String form = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
                assertTrue(form.contains("query=sum(up{a=\"b & c\"})"), form);
                send(exchange, 200, ONE.formatted(AT.getEpochSecond()));
            } else {
                send(exchange, 405, "");
            }
        });
        MetricSource source = source(new Credential.None());
        for (int time = 0; time < 2; time++) {
            Answer answer = source.instant("sum(up{a=\"b & c\"})", AT, new Cancellation());
            assertEquals(
                    7,
                    assertInstanceOf(Answer.Samples.class, answer)
                            .samples()
                            .getFirst()
                            .value());
        }
        assertEquals(List.of("POST", "GET", "GET"), asked);
    }

    @Test
    void whereNoMethodIsLetThroughTheQuestionIsRefused() {
        server.createContext("/", exchange -> send(exchange, 405, ""));
        assertEquals(new Reason.Refused(405), reason(new Credential.None()));
    }

    @Test
    void samplesOfASourceThatDoesNotTellItsStartAreNotKnownToBeWhole() {
        server.createContext("/api/v1/query", exchange -> send(exchange, 200, ONE.formatted(AT.getEpochSecond())));
        server.createContext("/api/v1/status", exchange -> send(exchange, 404, ""));
        Answer answer = source(new Credential.None()).instant("up", AT, new Cancellation());
        MetricSource.Continuity continuity =
                assertInstanceOf(Answer.Samples.class, answer).continuity();
        assertEquals(new MetricSource.Continuity(0, MetricSource.Start.UNKNOWN, false), continuity);
        assertFalse(continuity.whole());
    }

    @Test
    void aWindowOfTooManyStepsIsNotAskedFor() {
        server.createContext("/", exchange -> send(exchange, 200, "never read"));
        MetricSource.Range range = new MetricSource.Range("up", AT, AT.plusSeconds(11_000), Duration.ofSeconds(1));
        assertEquals(
                new Answer.Unanswered(new Reason.TooManySteps(11_000)),
                source(new Credential.None()).range(range, new Cancellation()));
    }

    private Reason reason(Credential credential) {
        Answer answer = source(credential).instant("up", Instant.now(), new Cancellation());
        return assertInstanceOf(Answer.Unanswered.class, answer).reason();
    }

    private MetricSource source(Credential credential) {
        PrometheusAccess access = new PrometheusAccess(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), credential, Optional.empty(), LIMIT);
        return new PrometheusSource(access, new EnvironmentSecrets(Map.of("TOKEN", "t0ken")));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
