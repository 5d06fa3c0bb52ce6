package dev.railiance.prometheus;

import com.sun.net.httpserver.HttpServer;
import dev.railiance.contract.Observability;
import dev.railiance.effect.MetricSource;
import dev.railiance.process.Cancellation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Prometheus of its own that scrapes an application of its own, four times a second. */
final class RealPrometheus implements AutoCloseable {

    private final Path directory;
    private final HttpServer application;
    private final InetAddress address;
    private final int port;
    private final List<String> options;
    private @Nullable Process process;

    /** The program, where this machine has it. */
    static Optional<Path> program() {
        String named = System.getenv("RAILIANCE_TEST_PROMETHEUS");
        return named != null
                ? Optional.of(Path.of(named))
                : Stream.of(System.getenv("PATH").split(":"))
                        .map(place -> Path.of(place, "prometheus"))
                        .filter(Files::isExecutable)
                        .findFirst();
    }

    RealPrometheus(Path directory, String... options) throws IOException {
        this(directory, InetAddress.getLoopbackAddress(), options);
    }

    /** One that answers at an address of this machine. */
    RealPrometheus(Path directory, InetAddress address, String... options) throws IOException {
        this.address = address;
        this.directory = directory;
        this.options = List.of(options);
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/metrics", exchange -> {
            byte[] page = """
                    # TYPE requests_total counter
                    requests_total{track="stable"} 40
                    requests_total{track="canary"} 7
                    # TYPE latency histogram
                    latency_bucket{le="0.1"} 3
                    latency_bucket{le="+Inf"} 4
                    latency_sum 0.5
                    latency_count 4
                    """.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        application.start();
        Files.writeString(directory.resolve("prometheus.yml"), """
                scrape_configs:
                  - job_name: app
                    scrape_interval: 250ms
                    scrape_timeout: 200ms
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                """.formatted(
                        application.getAddress().getPort()));
        try (ServerSocket free = new ServerSocket(0, 1, address)) {
            port = free.getLocalPort();
        }
        start();
    }

    void start() throws IOException {
        List<String> argv = new ArrayList<>(List.of(
                program().orElseThrow().toString(),
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=" + address.getHostAddress() + ":" + port));
        argv.addAll(options);
        process = new ProcessBuilder(argv)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    URI address(String scheme) {
        return URI.create(scheme + "://" + address.getHostAddress() + ":" + port);
    }

    /** A source that asks this server without a credential. */
    MetricSource source() {
        return new PrometheusSource(
                new PrometheusAccess(
                        address("http"), new Observability.Credential.None(), Optional.empty(), Duration.ofSeconds(10)),
                (location, cancellation) -> {
                    throw new AssertionError("no secret is needed");
                });
    }

    /** Waits until the application has been scraped; the moment of the first sample that was seen. */
    Instant scraped(MetricSource source) {
        until(() -> source.instant("requests_total{track='canary'}", Instant.now(), new Cancellation())
                instanceof MetricSource.Answer.Samples);
        return Instant.now();
    }

    static void until(BooleanSupplier holds) {
        Instant end = Instant.now().plusSeconds(60);
        while (!holds.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within a minute");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    void stop() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() {
        stop();
        application.stop(0);
    }
}
