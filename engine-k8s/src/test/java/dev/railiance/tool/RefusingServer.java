package dev.railiance.tool;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** An API server that tells its version and answers everything else with one status, as the API documents it. */
public final class RefusingServer implements AutoCloseable {

    private final HttpServer server;
    private final int code;
    private final String reason;

    private RefusingServer(HttpServer server, int code, String reason) {
        this.server = server;
        this.code = code;
        this.reason = reason;
    }

    /** Opens one on a free port of this machine. */
    public static RefusingServer open(int code, String reason) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var server = new RefusingServer(http, code, reason);
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    /** The environment in which tools find a kubeconfig for it. */
    public Map<String, String> kubeconfig(Path directory, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(Files.createTempFile(directory, "kubeconfig", ""), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: u, user: {}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(
                        server.getAddress().getPort()));
        Map<String, String> other = new HashMap<>(environment);
        other.put("KUBECONFIG", file.toString());
        return other;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (code != 401 && path.equals("/version")) {
            send(exchange, 200, "{\"major\":\"1\",\"minor\":\"31\",\"gitVersion\":\"v1.31.0\"}");
        } else if (code != 401 && path.equals("/api")) {
            send(exchange, 200, "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
        } else if (code != 401 && path.equals("/apis")) {
            send(exchange, 200, "{\"kind\":\"APIGroupList\",\"apiVersion\":\"v1\",\"groups\":[]}");
        } else if (code != 401 && path.equals("/api/v1")) {
            send(
                    exchange,
                    200,
                    "{\"kind\":\"APIResourceList\",\"groupVersion\":\"v1\",\"resources\":[{\"name\":\"pods\","
                            + "\"kind\":\"Pod\",\"namespaced\":true,\"verbs\":[\"get\",\"list\"]}]}");
        } else {
            send(
                    exchange,
                    code,
                    "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"" + reason
                            + "\",\"message\":\"pods is forbidden: s3cr3t\",\"code\":" + code + "}");
        }
    }

    private static void send(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
