package dev.railiance.notification;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that keeps what it is sent. */
final class Inbox implements AutoCloseable {

    private static final Pattern TYPE = Pattern.compile("\"type\":\"dev\\.railiance\\.([a-z.-]+)\"");

    /** A request. */
    record Message(String request, Map<String, String> headers, String body) {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final HttpServer server;
    private final List<Message> messages = Collections.synchronizedList(new ArrayList<>());
    private final int[] statuses;
    private final Optional<String> location;

    private Inbox(int port, Optional<String> location, int... statuses) throws IOException {
        this.statuses = statuses;
        this.location = location;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::take);
        server.start();
    }

    /** Answers with these, one after the other, and with the last one ever after. */
    Inbox(int... statuses) throws IOException {
        this(0, Optional.empty(), statuses);
    }

    static Inbox at(int port) throws IOException {
        return new Inbox(port, Optional.empty(), 200);
    }

    static Inbox redirecting(String elsewhere) throws IOException {
        return new Inbox(0, Optional.of(elsewhere), 307);
    }

    private void take(HttpExchange exchange) throws IOException {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status = statuses[Math.min(messages.size(), statuses.length - 1)];
        messages.add(new Message(exchange.getRequestMethod() + " " + exchange.getRequestURI(), headers, body));
        location.ifPresent(elsewhere -> exchange.getResponseHeaders().set("Location", elsewhere));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    /** The names of the events, in the order in which they came. */
    List<String> events() {
        return messages().stream()
                .map(message -> {
                    Matcher type = TYPE.matcher(message.body());
                    return type.find() ? type.group(1) : message.body();
                })
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
