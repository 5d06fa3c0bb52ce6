package dev.railiance.helm;

import dev.railiance.process.AllowedEnvironment;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessOutcome;
import dev.railiance.process.ProcessRequest;
import dev.railiance.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs Helm for work that needs nothing of the user's: in an empty home of its own that is gone afterwards, so it finds
 * no plugin, no repository and no cluster, and leaves no trace.
 */
final class Helm {

    static final String PROGRAM = "helm";

    private static final Duration GRACE = Duration.ofMillis(500);

    private final Processes processes;
    private final Map<String, String> environment;

    Helm(Processes processes, Map<String, String> environment) {
        this.processes = processes;
        this.environment = AllowedEnvironment.of(environment, List.of());
    }

    /**
     * One call of Helm.
     *
     * @param arguments after the program's name
     * @param capture how many bytes of its output are of interest
     */
    record Call(List<String> arguments, Duration timeLimit, int capture) {}

    /** Makes the call; empty when there is no place for a temporary home. */
    Optional<ProcessOutcome> run(Call call, OutputSink diagnostics, Cancellation cancellation) {
        Path home;
        try {
            home = Files.createTempDirectory("railiance-helm-");
        } catch (IOException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(processes.run(request(call, home, diagnostics), cancellation));
        } finally {
            delete(home);
        }
    }

    private ProcessRequest request(Call call, Path home, OutputSink diagnostics) {
        List<String> argv = new ArrayList<>(List.of(PROGRAM));
        argv.addAll(call.arguments());
        Map<String, String> own = new TreeMap<>(environment);
        own.put("HOME", home.toString());
        own.put("HELM_CACHE_HOME", home.resolve("cache").toString());
        own.put("HELM_CONFIG_HOME", home.resolve("config").toString());
        own.put("HELM_DATA_HOME", home.resolve("data").toString());
        own.put("HELM_PLUGINS", home.resolve("plugins").toString());
        own.put("KUBECONFIG", home.resolve("no-cluster").toString());
        OutputSink stderrOnly = (stream, bytes, length) -> {
            if (stream == OutputSink.Stream.STDERR) {
                diagnostics.write(stream, bytes, length);
            }
        };
        return new ProcessRequest(argv, home, own, call.timeLimit(), GRACE, call.capture(), stderrOnly);
    }

    private static void delete(Path home) {
        try (Stream<Path> paths = Files.walk(home)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // A leftover in the system's temporary directory is no reason to fail.
        }
    }
}
