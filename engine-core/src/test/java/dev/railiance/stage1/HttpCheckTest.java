package dev.railiance.stage1;

import static dev.railiance.stage1.Validations.http;
import static dev.railiance.stage1.Validations.reason;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.contract.Check;
import dev.railiance.http.RawServer;
import dev.railiance.promotion.Step;
import dev.railiance.promotion.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpCheckTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world";

    @TempDir
    Path directory;

    private Validations validations;

    @BeforeEach
    void open() {
        validations = new Validations(directory);
    }

    @AfterEach
    void close() {
        validations.close();
    }

    private static Check.Http within(Check.Http check, Duration timeout) {
        return new Check.Http(
                check.name(),
                timeout,
                check.optional(),
                check.url(),
                check.method(),
                check.status(),
                check.bodyContains(),
                check.maxLatency());
    }

    private static Check.Http containing(Check.Http check, String text) {
        return new Check.Http(
                check.name(),
                check.timeout(),
                check.optional(),
                check.url(),
                check.method(),
                check.status(),
                Optional.of(text),
                check.maxLatency());
    }

    private static Check.Http expecting(String url, String method, int status, Duration latency) {
        return new Check.Http(
                "http", Duration.ofSeconds(5), false, url, method, status, Optional.empty(), Optional.of(latency));
    }

    private void assertSays(Verdict verdict, String reason, Check check) {
        Step step = validations.check(check);
        assertEquals(verdict + " " + reason, step.verdict() + " " + reason(step));
    }

    @Test
    void theDeclaredStatusPasses() throws IOException {
        try (var server = RawServer.saying(OK)) {
            assertSays(Verdict.PASSED, "", http(server.url()));
            assertSays(Verdict.PASSED, "", expecting(server.url(), "GET", 200, Duration.ofSeconds(4)));
        }
    }

    @Test
    void anotherStatusFailsAlsoARedirectThatIsNotFollowed() throws IOException {
        try (var server = RawServer.saying("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n")) {
            assertSays(Verdict.FAILED, "status 302, expected 200", http(server.url()));
            assertEquals(1, server.connections.get());
            assertSays(Verdict.PASSED, "", expecting(server.url(), "GET", 302, Duration.ofSeconds(4)));
        }
    }

    @Test
    void anErrorStatusCanBeWhatIsDeclared() throws IOException {
        String busy = "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy";
        try (var server = RawServer.saying(busy)) {
            assertSays(Verdict.PASSED, "", expecting(server.url(), "GET", 503, Duration.ofSeconds(4)));
            assertSays(Verdict.FAILED, "status 503, expected 200", http(server.url()));
        }
        String unauthorized = "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n";
        try (var server = RawServer.saying(unauthorized)) {
            assertSays(Verdict.PASSED, "", expecting(server.url(), "GET", 401, Duration.ofSeconds(4)));
        }
    }

    @Test
    void headNeedsNoBody() throws IOException {
        try (var server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n")) {
            assertSays(Verdict.PASSED, "", expecting(server.url(), "HEAD", 200, Duration.ofSeconds(4)));
        }
        try (var server = RawServer.saying("HTTP/1.1 204 No Content\r\n\r\n")) {
            assertSays(Verdict.PASSED, "", expecting(server.url(), "GET", 204, Duration.ofSeconds(4)));
        }
    }

    @Test
    void theBodyHasToContainTheDeclaredText() throws IOException {
        try (var server = RawServer.saying(OK)) {
            assertSays(Verdict.PASSED, "", containing(http(server.url()), "hello"));
            assertSays(Verdict.FAILED, "the body lacks the declared text", containing(http(server.url()), "bye"));
        }
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";
        try (var server = RawServer.saying(chunked)) {
            assertSays(Verdict.PASSED, "", containing(http(server.url()), "hello"));
        }
        try (var server = RawServer.saying("HTTP/1.1 200 OK\r\n\r\nhello until the end")) {
            assertSays(Verdict.PASSED, "", containing(http(server.url()), "the end"));
        }
    }

    @Test
    void anAnswerThatIsSlowerThanAllowedFails() throws IOException {
        try (var server = new RawServer((socket, out) -> {
            Thread.sleep(300);
            out.write(OK.getBytes(StandardCharsets.ISO_8859_1));
        })) {
            Step step = validations.check(expecting(server.url(), "GET", 200, Duration.ofMillis(100)));
            assertEquals(Verdict.FAILED, step.verdict());
            assertTrue(reason(step).matches("answered after \\d+ ms, allowed 100 ms"), reason(step));
        }
    }

    @Test
    void aServerThatHangsFailsAtTheDeadline() throws IOException {
        try (var server = new RawServer((socket, out) -> Thread.sleep(60_000))) {
            assertTimeout(
                    Duration.ofSeconds(3),
                    () -> assertSays(
                            Verdict.FAILED,
                            "no complete answer within 300 ms",
                            within(http(server.url()), Duration.ofMillis(300))));
        }
    }

    @Test
    void theDeadlineHoldsForHeadersAndBodiesThatDrip() throws IOException {
        for (String slow : new String[] {OK, OK.replace("Content-Length: 11", "Transfer-Encoding: chunked")}) {
            try (var server = RawServer.dripping(slow, 40)) {
                assertTimeout(
                        Duration.ofSeconds(3),
                        () -> assertSays(
                                Verdict.FAILED,
                                "no complete answer within 500 ms",
                                within(http(server.url()), Duration.ofMillis(500))));
            }
        }
        try (var server = new RawServer((socket, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            while (true) {
                out.write('x');
                out.flush();
                Thread.sleep(40);
            }
        })) {
            assertTimeout(
                    Duration.ofSeconds(3),
                    () -> assertSays(
                            Verdict.FAILED,
                            "no complete answer within 500 ms",
                            within(http(server.url()), Duration.ofMillis(500))));
        }
    }

    @Test
    void connectionsAreClosedAtTheDeadlineSoThatNoThreadIsLeftReading() throws Exception {
        try (var server = RawServer.dripping("HTTP/1.1 200 OK\r\nX: " + "x".repeat(10_000), 20)) {
            validations.check(within(http(server.url()), Duration.ofMillis(200)));
            long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (checking() && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
            assertFalse(checking());
        }
    }

    private static boolean checking() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("railiance-check"));
    }

    @Test
    void anEndlessBodyIsNotReadToItsEnd() throws IOException {
        try (var server = new RawServer((socket, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\nfirst".getBytes(StandardCharsets.ISO_8859_1));
            byte[] more = new byte[1 << 16];
            while (true) {
                out.write(more);
            }
        })) {
            assertSays(Verdict.PASSED, "", containing(http(server.url()), "first"));
            assertSays(
                    Verdict.FAILED,
                    "the first 1048576 bytes of the body lack the declared text",
                    containing(http(server.url()), "last"));
        }
    }

    @Test
    void nobodyListeningFails() {
        String url = "http://127.0.0.1:" + Validations.freePort() + "/";
        assertSays(Verdict.FAILED, "no connection", http(url));
    }

    @Test
    void aConnectionThatBreaksFails() throws IOException {
        String broken = "the connection broke before the answer was complete";
        try (var server = new RawServer((socket, out) -> socket.setSoLinger(true, 0))) {
            assertSays(Verdict.FAILED, broken, http(server.url()));
        }
        try (var server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")) {
            assertSays(Verdict.FAILED, broken, http(server.url()));
        }
        try (var server = RawServer.saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nshort")) {
            assertSays(Verdict.FAILED, broken, http(server.url()));
        }
        try (var server = RawServer.saying("")) {
            assertSays(Verdict.FAILED, broken, http(server.url()));
        }
    }

    @Test
    void whatIsNotHttpFails() throws IOException {
        try (var server = RawServer.saying("SSH-2.0-OpenSSH_9.2\r\n")) {
            assertSays(Verdict.FAILED, "the answer is not HTTP", http(server.url()));
        }
        try (var server = RawServer.saying("HTTP/1.1 abc def\r\n\r\n")) {
            assertSays(Verdict.FAILED, "the answer is not HTTP", http(server.url()));
        }
        try (var server = RawServer.saying(OK)) {
            assertSays(
                    Verdict.FAILED,
                    "no trusted TLS connection",
                    http(server.url().replace("http:", "https:")));
        }
    }

    @Test
    void anUnknownHostIsErroredAndSkipsAnOptionalCheck() {
        String url = "http://no-such-host.invalid/";
        assertSays(Verdict.ERRORED, "unknown host", http(url));
        assertSays(
                Verdict.SKIPPED,
                "unknown host",
                new Check.Http(
                        "http", Duration.ofSeconds(5), true, url, "GET", 200, Optional.empty(), Optional.empty()));
    }

    @Test
    void aUrlThatIsNoneIsErrored() {
        for (String url :
                new String[] {"ftp://localhost/", "file:///etc/passwd", "http:///x", "nonsense", "http://a b/"}) {
            assertSays(Verdict.ERRORED, "the URL is not one of http or https", http(url));
        }
    }

    @Test
    void nothingOfAnAnswerReachesTheReport() throws IOException {
        String secret = "s3cr3t-in-answer";
        try (var server = RawServer.saying(
                "HTTP/1.1 500 " + secret + "\r\nX-Key: " + secret + "\r\n\r\nbody " + secret + "\r\n")) {
            assertFalse(validations.check(http(server.url())).toString().contains(secret));
        }
        try (var server = RawServer.saying(secret)) {
            assertFalse(validations.check(http(server.url())).toString().contains(secret));
        }
    }
}
