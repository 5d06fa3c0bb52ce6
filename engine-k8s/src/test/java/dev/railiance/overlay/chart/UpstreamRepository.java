package dev.railiance.overlay.chart;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A chart repository on loopback, with upstream charts as Helm packaged them. */
final class UpstreamRepository implements AutoCloseable {

    private final Path helm;
    private final Path scratch;
    private final HttpServer server;

    private UpstreamRepository(Path helm, Path scratch, HttpServer server) {
        this.helm = helm;
        this.scratch = scratch;
        this.server = server;
    }

    static UpstreamRepository of(Path helm, Path scratch) throws IOException, InterruptedException {
        Path files = Files.createDirectories(scratch.resolve("repository"));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Path file = files.resolve(exchange.getRequestURI().getPath().substring(1));
            if (Files.isRegularFile(file)) {
                byte[] content = Files.readAllBytes(file);
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
            exchange.close();
        });
        var repository = new UpstreamRepository(helm, scratch, server);
        repository.helm("package", Charts.UPSTREAM.toString(), "--destination", files.toString());
        repository.helm("package", Charts.PODINFO.toString(), "--destination", files.toString());
        repository.helm("repo", "index", files.toString(), "--url", repository.url());
        server.start();
        return repository;
    }

    /** The wrapped chart after a real {@code helm dependency build}. */
    Path wrapped() throws IOException, InterruptedException {
        Path chart = Charts.wrapped(scratch, url());
        helm("repo", "add", "sample", url());
        helm("dependency", "update", chart.toString());
        Files.delete(chart.resolve("charts/sample-upstream-4.5.6.tgz"));
        helm("dependency", "build", chart.toString());
        return chart;
    }

    /** Fetches what the chart of an overlay depends on, if anything, from here instead of where its upstream has it. */
    void fetch(Path overlay) throws IOException, InterruptedException {
        Path declaration = overlay.resolve("chart/Chart.yaml");
        String text = Files.readString(declaration);
        if (text.contains("dependencies:")) {
            Files.writeString(declaration, text.replaceAll("repository: https://\\S+", "repository: " + url()));
            helm("dependency", "update", overlay.resolve("chart").toString());
        }
    }

    /** Runs Helm with a home of its own, in which no repository is known until one is added. */
    Call with(List<String> arguments) throws IOException, InterruptedException {
        var argv = new ArrayList<>(List.of(helm.toString()));
        argv.addAll(arguments);
        return Call.of(argv, home());
    }

    /** The variables that say where Helm's home is. */
    Map<String, String> home() {
        return Map.of(
                "HELM_CACHE_HOME", scratch.resolve("cache").toString(),
                "HELM_CONFIG_HOME", scratch.resolve("config").toString(),
                "HELM_DATA_HOME", scratch.resolve("data").toString());
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void helm(String... arguments) throws IOException, InterruptedException {
        with(List.of(arguments)).accepted();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
