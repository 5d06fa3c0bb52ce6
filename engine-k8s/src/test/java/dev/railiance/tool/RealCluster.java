package dev.railiance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessOutcome;
import dev.railiance.process.ProcessRequest;
import dev.railiance.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The cluster that KUBECONFIG names, for tests that change it, in a namespace of their own. */
public final class RealCluster implements AutoCloseable {

    /** The chart of the tests. */
    public static final Path CHART =
            Path.of("src/test/resources/dev/railiance/tool/demo-web").toAbsolutePath();

    private final Processes processes;
    private final Path directory;
    private final ClusterNamespace namespace;

    private RealCluster(Processes processes, Path directory, String namespace) {
        this.processes = processes;
        this.directory = directory;
        this.namespace = new ClusterNamespace(Optional.empty(), namespace);
    }

    /** Skips the test, saying why, where none is to be used. The namespace is not made yet. */
    public static RealCluster assume(Processes processes, Path directory, String namespace) {
        assumeTrue(System.getenv("RAILIANCE_E2E") != null, "RAILIANCE_E2E is not set: no cluster is to be changed");
        assumeTrue(System.getenv("KUBECONFIG") != null, "KUBECONFIG names no cluster");
        assumeTrue(!kubectls().isEmpty(), "RAILIANCE_TEST_KUBECTL names no kubectl");
        return new RealCluster(processes, directory, namespace);
    }

    /** The programs that RAILIANCE_TEST_KUBECTL names, with colons between them. */
    public static List<Path> kubectls() {
        String programs = System.getenv("RAILIANCE_TEST_KUBECTL");
        return programs == null || programs.isEmpty()
                ? List.of()
                : List.of(programs.split(":")).stream().map(Path::of).toList();
    }

    public ClusterNamespace namespace() {
        return namespace;
    }

    /** An environment in which the Helm of a directory and the kubectl under test are found. */
    public Map<String, String> tools(Path helm) throws IOException {
        Map<String, String> environment = with("kubectl", kubectls().getFirst());
        environment.put("PATH", helm.toAbsolutePath() + ":" + environment.get("PATH"));
        return environment;
    }

    /** The environment in which a program is found under that name; everything else is as in this process. */
    public Map<String, String> with(String name, Path program) throws IOException {
        Path bin = Files.createTempDirectory(directory, "bin");
        Files.createSymbolicLink(bin.resolve(name), program.toAbsolutePath());
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PATH", bin + ":/usr/bin:/bin");
        return environment;
    }

    /** The same environment with credentials that give no right. */
    public Map<String, String> withoutRights(Map<String, String> environment) throws IOException {
        String token = kubectl("create", "token", "default", "--namespace=" + namespace.name());
        return changed(
                environment,
                config -> ((ObjectNode) config.path("users").path(0))
                        .putObject("user")
                        .put("token", token.strip()));
    }

    /** The same environment with an address at which nobody listens. */
    public Map<String, String> withoutServer(Map<String, String> environment) throws IOException {
        return changed(
                environment,
                config -> ((ObjectNode) config.path("clusters").path(0).path("cluster"))
                        .put("server", "https://127.0.0.1:1"));
    }

    private interface Change {
        void to(ObjectNode config);
    }

    private Map<String, String> changed(Map<String, String> environment, Change change) throws IOException {
        JsonMapper mapper = new JsonMapper();
        ObjectNode config = (ObjectNode)
                mapper.readTree(kubectl("config", "view", "--raw", "--flatten", "--minify", "--output=json"));
        change.to(config);
        Path file = Files.createTempFile(directory, "kubeconfig", "");
        mapper.writeValue(file.toFile(), config);
        Map<String, String> other = new HashMap<>(environment);
        other.put("KUBECONFIG", file.toString());
        return other;
    }

    /** Runs kubectl for what a test needs done; it has to succeed. */
    public String kubectl(String... arguments) {
        List<String> argv = new ArrayList<>(List.of(kubectls().getFirst().toString()));
        argv.addAll(List.of(arguments));
        ProcessOutcome outcome = processes.run(
                new ProcessRequest(
                        argv,
                        directory,
                        System.getenv(),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(1),
                        1 << 20,
                        OutputSink.NONE),
                new Cancellation());
        var exited = assertInstanceOf(ProcessOutcome.Exited.class, outcome);
        assertEquals(0, exited.code(), exited.stderr().text());
        return exited.stdout().text();
    }

    /** Makes the namespace. */
    public void createNamespace() {
        kubectl("create", "namespace", namespace.name());
        // Pods and tokens need the account that Kubernetes makes a moment later.
        until(
                () -> !kubectl("get", "serviceaccounts", "--namespace=" + namespace.name(), "--output=name")
                        .isEmpty(),
                "a service account");
    }

    /** Applies objects to the namespace. */
    public void apply(String manifests) throws IOException {
        Path file = Files.writeString(Files.createTempFile(directory, "objects", ".yaml"), manifests);
        kubectl("apply", "--namespace=" + namespace.name(), "--filename=" + file);
    }

    /** Looks again and again until it is so, for a minute and a half at most. */
    public static void until(Supplier<Boolean> so, String what) {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!so.get()) {
            if (System.nanoTime() > end) {
                fail("never saw " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        }
    }

    /** Deletes the namespace with all that is in it. */
    @Override
    public void close() {
        kubectl("delete", "namespace", namespace.name(), "--ignore-not-found", "--wait=false");
    }
}
