package dev.railiance.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.http.HttpOutcome.Answer;
import dev.railiance.http.HttpOutcome.Cause;
import dev.railiance.http.HttpOutcome.NoAnswer;
import dev.railiance.process.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClientTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final HttpClient CLIENT = new HttpClient(System::nanoTime, Optional.empty());

    private static HttpOutcome ask(String url) {
        return CLIENT.ask(HttpRequest.of("GET", URI.create(url)), LIMIT, new Cancellation());
    }

    private static HttpOutcome answered(String text) throws IOException {
        try (var server = RawServer.saying(text)) {
            return ask(server.url());
        }
    }

    private static Answer answer(HttpOutcome outcome) {
        return assertInstanceOf(Answer.class, outcome, outcome::toString);
    }

    /** What goes over the wire for a request, up to its last byte. */
    private static String sent(HttpRequest request, ServerSocket server) throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                // Byte by byte: each is one character.
                StringBuilder text = new StringBuilder();
                String body = new String(request.body().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                while (!text.toString().endsWith(body.isEmpty() ? "\r\n\r\n" : body)) {
                    text.append((char) in.read());
                }
                socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                received.complete(text.toString());
            } catch (IOException e) {
                received.completeExceptionally(e);
            }
        });
        assertEquals(204, answer(CLIENT.ask(request, LIMIT, new Cancellation())).status());
        return received.get(5, TimeUnit.SECONDS);
    }

    @Test
    void anotherHostThanThatOfTheAddressCanBeAskedFor() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/shop?a=b%20c#part");
            String canary = sent(
                    new HttpRequest(address, "GET", Optional.of("canary.shop.example.org"), Map.of(), "", 9), server);
            assertEquals("""
                    GET /shop?a=b%20c HTTP/1.1\r
                    Host: canary.shop.example.org\r
                    Accept: */*\r
                    Connection: close\r
                    User-Agent: railiance\r
                    \r
                    """, canary);
            String own = sent(HttpRequest.of("HEAD", address), server);
            assertTrue(own.startsWith("HEAD /shop?a=b%20c HTTP/1.1\r\nHost: 127.0.0.1:" + server.getLocalPort()), own);
        }
    }

    @Test
    void aBodyAndHeadersAreSent() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort());
            String sent = sent(
                    new HttpRequest(
                            address,
                            "POST",
                            Optional.empty(),
                            Map.of("accept", "text/plain", "X-A", "b"),
                            "q=\u00fc",
                            9),
                    server);
            assertTrue(sent.startsWith("POST / HTTP/1.1\r\n"), sent);
            assertTrue(sent.contains("\r\nAccept: text/plain\r\n") && sent.contains("\r\nX-A: b\r\n"), sent);
            assertTrue(sent.contains("\r\nContent-Length: 4\r\n") && sent.endsWith("\r\n\r\nq=\u00c3\u00bc"), sent);
        }
    }

    @Test
    void whatCannotBeARequestIsNone() {
        for (String url : new String[] {"ftp://a/", "http:///x", "a", "http://a:0/", "http://a:65536/"}) {
            assertThrows(IllegalArgumentException.class, () -> HttpRequest.of("GET", URI.create(url)), url);
        }
        URI address = URI.create("http://a/");
        for (String host : new String[] {"", "a\r\nX: y", "a b", "a/b", "a:b"}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new HttpRequest(address, "GET", Optional.of(host), Map.of(), "", 9),
                    host);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new HttpRequest(address, "GET", Optional.empty(), Map.of("A", "b\r\nC: d"), "", 9));
    }

    @Test
    void noRequestIsRepeated() throws IOException {
        try (var server = new RawServer((socket, out) -> {})) {
            assertEquals(new NoAnswer(Cause.BROKEN), ask(server.url()));
            assertEquals(1, server.connections.get());
        }
    }

    @Test
    void anAnswerMayComeAfterOneThatIsProvisional() throws IOException {
        Answer answer = answer(answered(
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
        assertEquals(200, answer.status());
        assertEquals("hi", answer.body());
    }

    @Test
    void chunksArePutTogether() throws IOException {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        Answer whole = answer(answered(chunked + "3;a=b\r\nhel\r\n2 \r\nlo\r\n0\r\nTrailer: x\r\n\r\n"));
        assertEquals("hello", whole.body());
        assertTrue(whole.complete());
        assertFalse(answer(answered(chunked + "5\r\nhello\r\n")).complete());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2",
                "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi!",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n"
            })
    void anAnswerThatBreaksTheRulesIsBroken(String text) throws IOException {
        assertEquals(new NoAnswer(Cause.BROKEN), answered(text));
    }

    @Test
    void headersWithoutEndAreGivenUp() throws IOException {
        try (var server = new RawServer((socket, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] header = "X: y\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(header);
            }
        })) {
            assertEquals(new NoAnswer(Cause.BROKEN), ask(server.url()));
        }
    }

    @Test
    void aBodyIsCutAtTheLimitOfTheRequest() throws IOException {
        try (var server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")) {
            URI address = URI.create(server.url());
            Answer cut = answer(CLIENT.ask(
                    new HttpRequest(address, "GET", Optional.empty(), Map.of(), "", 4), LIMIT, new Cancellation()));
            assertEquals("hell", cut.body());
            assertTrue(cut.cut());
            Answer whole = answer(CLIENT.ask(
                    new HttpRequest(address, "GET", Optional.empty(), Map.of(), "", 5), LIMIT, new Cancellation()));
            assertFalse(whole.cut());
        }
    }

    @Test
    void aCancellationEndsARequestAtOnce() throws IOException {
        Cancellation cancellation = new Cancellation();
        try (var server = new RawServer((socket, out) -> cancellation.cancel())) {
            HttpRequest request = HttpRequest.of("GET", URI.create(server.url()));
            HttpOutcome outcome = CLIENT.ask(request, LIMIT, cancellation);
            // The server also hangs up: whichever is seen first.
            assertInstanceOf(NoAnswer.class, outcome);
            assertEquals(new NoAnswer(Cause.CANCELLED), CLIENT.ask(request, LIMIT, cancellation));
        }
    }
}
