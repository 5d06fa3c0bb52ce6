package dev.railiance.deploy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railiance.tool.RealCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real Prometheus on this machine that scrapes each pod of a namespace once a second. */
final class ScrapingPrometheus implements AutoCloseable {

    private static final long PAUSE_NANOS = 1_000_000_000;

    private final Path directory;
    private final int port;
    private final RealCluster cluster;
    private final Thread finder;
    private volatile boolean ended;
    private @Nullable Process process;

    /** The program, where this machine has it. */
    static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(place -> Path.of(place, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    ScrapingPrometheus(Path parent, RealCluster cluster) throws IOException {
        directory = Files.createDirectories(parent.resolve("prometheus"));
        Files.writeString(directory.resolve("prometheus.yml"), """
                scrape_configs:
                  - job_name: pods
                    scrape_interval: 1s
                    scrape_timeout: 1s
                    file_sd_configs: [{ files: [pods.json] }]
                """);
        this.cluster = cluster;
        finder = Thread.ofPlatform().daemon().unstarted(this::find);
        find(cluster);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        start();
        finder.start();
    }

    /** Debian's Prometheus is built without a way to ask Kubernetes: its list of pods is a file, as an operator's script writes one. */
    private void find() {
        while (!ended) {
            LockSupport.parkNanos(PAUSE_NANOS);
            forgivingly();
        }
    }

    /** The namespace may be gone already, at the end of a test. */
    private boolean forgivingly() {
        try {
            find(cluster);
            return true;
        } catch (IOException | AssertionError e) {
            return false;
        }
    }

    private void find(RealCluster pods) throws IOException {
        var groups = new ArrayList<Map<String, Object>>();
        for (String line : pods.kubectl(
                        "get",
                        "pods",
                        "--namespace=" + pods.namespace().name(),
                        "--output=jsonpath={range .items[?(@.status.podIP)]}{.status.podIP} {.metadata.name} {.metadata.labels.railiance\\.dev/track}{\"\\n\"}{end}")
                .lines()
                .toList()) {
            List<String> words = List.of(line.split(" ", -1));
            groups.add(Map.of(
                    "targets",
                    List.of(words.get(0) + ":8080"),
                    "labels",
                    Map.of("pod", words.get(1), "track", words.get(2))));
        }
        Path fresh = directory.resolve("pods.json.new");
        new JsonMapper().writeValue(fresh.toFile(), groups);
        Files.move(fresh, directory.resolve("pods.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    void start() throws IOException {
        process = new ProcessBuilder(
                        program().orElseThrow().toString(),
                        "--config.file=" + directory.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    void stop() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() {
        ended = true;
        stop();
    }
}
