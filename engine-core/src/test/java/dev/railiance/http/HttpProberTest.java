package dev.railiance.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.http.HttpOutcome.Cause;
import dev.railiance.http.HttpProber.End;
import dev.railiance.http.HttpProber.Probe;
import dev.railiance.http.HttpProber.Probes;
import dev.railiance.http.HttpProber.Series;
import dev.railiance.process.Cancellation;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpProberTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HttpProber prober = new HttpProber(new HttpClient(System::nanoTime, Optional.empty()));

    private Probes probe(RawServer server, int requests, Duration each, Duration together) {
        HttpRequest request = HttpRequest.of("GET", URI.create(server.url()));
        return prober.probe(new Series(request, Optional.of("v2"), requests, each, together), new Cancellation());
    }

    private static byte[] answer(int status, String body) {
        return ("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The probes without their latencies, which no two runs have in common. */
    private static List<String> told(Probes probes) {
        return probes.probes().stream()
                .map(probe -> switch (probe) {
                    case Probe.Answered answered -> answered.status() + " " + answered.matched();
                    case Probe.Unanswered none -> none.cause().toString();
                })
                .toList();
    }

    @Test
    void everyRequestIsToldOfByItself() throws IOException {
        AtomicInteger number = new AtomicInteger();
        try (var server = new RawServer((socket, out) -> {
            switch (number.incrementAndGet()) {
                case 1 -> out.write(answer(200, "I am v2"));
                case 2 -> out.write(answer(200, "I am v1"));
                case 3 -> out.write(answer(503, "v2 is busy"));
                case 4 ->
                    out.write("HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\nv2".getBytes(StandardCharsets.US_ASCII));
                case 5 -> out.write("220 mail.example.org\r\n".getBytes(StandardCharsets.US_ASCII));
                case 6 -> Thread.sleep(60_000);
                default -> {}
            }
        })) {
            Probes probes = probe(server, 7, SECOND, MINUTE);
            assertEquals(
                    List.of("200 true", "200 false", "503 true", "BROKEN", "NOT_HTTP", "LATE", "BROKEN"), told(probes));
            assertEquals(End.COMPLETE, probes.end());
            assertEquals(7, server.connections.get());
        }
    }

    @Test
    void theLatencyIsThatOfTheWholeAnswer() throws IOException {
        try (var server = new RawServer((socket, out) -> {
            byte[] answer = answer(200, "v2");
            out.write(answer, 0, answer.length - 1);
            Thread.sleep(200);
            out.write(answer, answer.length - 1, 1);
        })) {
            Probe.Answered slow = assertInstanceOf(
                    Probe.Answered.class,
                    probe(server, 1, SECOND.multipliedBy(10), MINUTE).probes().getFirst());
            assertTrue(slow.latency().compareTo(Duration.ofMillis(200)) >= 0, slow::toString);
        }
    }

    @Test
    void theTimeForAllEndsASeriesWithoutBlamingTheServer() throws IOException {
        AtomicInteger number = new AtomicInteger();
        try (var server = new RawServer((socket, out) -> {
            if (number.incrementAndGet() > 2) {
                Thread.sleep(60_000);
            }
            out.write(answer(200, "v2"));
        })) {
            Probes probes = probe(server, 10, MINUTE, SECOND.multipliedBy(2));
            assertEquals(List.of("200 true", "200 true"), told(probes));
            assertEquals(End.LATE, probes.end());
        }
    }

    @Test
    void aCancellationEndsASeries() throws IOException {
        Cancellation cancellation = new Cancellation();
        try (var server = new RawServer((socket, out) -> {
            cancellation.cancel();
            Thread.sleep(60_000);
        })) {
            HttpRequest request = HttpRequest.of("GET", URI.create(server.url()));
            assertEquals(
                    new Probes(List.of(), End.CANCELLED),
                    prober.probe(new Series(request, Optional.empty(), 3, MINUTE, MINUTE), cancellation));
        }
    }

    @Test
    void nobodyListeningIsToldOfEachTime() throws IOException {
        RawServer gone = RawServer.saying("");
        gone.close();
        assertEquals(
                List.of(Cause.NO_CONNECTION.toString(), Cause.NO_CONNECTION.toString()),
                told(probe(gone, 2, SECOND, MINUTE)));
    }
}
