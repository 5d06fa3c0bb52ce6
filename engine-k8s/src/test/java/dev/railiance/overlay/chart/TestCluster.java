package dev.railiance.overlay.chart;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The real cluster that KUBECONFIG names, in a namespace of its own that is removed again. */
final class TestCluster implements AutoCloseable {

    static final String NAMESPACE = "it-overlay-chart";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String kubectl;

    private TestCluster(String kubectl) {
        this.kubectl = kubectl;
    }

    /** Skips the test where no cluster may be used. What an earlier run left is removed first. */
    static TestCluster empty() throws IOException, InterruptedException {
        assumeTrue(System.getenv("RAILIANCE_E2E") != null, "RAILIANCE_E2E is not set: no cluster may be used");
        String program = System.getenv("RAILIANCE_TEST_KUBECTL");
        var cluster = new TestCluster(program == null ? "kubectl" : program.split(":", 2)[0]);
        cluster.clear();
        cluster.kubectl("create", "namespace", NAMESPACE).accepted();
        return cluster;
    }

    Call kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(kubectl));
        argv.addAll(List.of(arguments));
        return Call.of(argv);
    }

    /** Applies to the namespace; more may be {@code --dry-run=server}. */
    Call apply(String text, String... more) throws IOException, InterruptedException {
        Path file = Files.createTempFile("objects", ".yaml");
        try {
            Files.writeString(file, text);
            List<String> arguments = new ArrayList<>(List.of("apply", "-n", NAMESPACE, "-f", file.toString()));
            arguments.addAll(List.of(more));
            return kubectl(arguments.toArray(String[]::new));
        } finally {
            Files.delete(file);
        }
    }

    JsonNode get(String... what) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("get", "-n", NAMESPACE, "-o", "json"));
        arguments.addAll(List.of(what));
        return JSON.readTree(
                kubectl(arguments.toArray(String[]::new)).accepted().output());
    }

    /** The first answer that is as wanted, within a minute. */
    JsonNode await(Predicate<JsonNode> wanted, String... what) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            JsonNode answer = get(what);
            if (wanted.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 60 s: " + answer);
            }
            Thread.sleep(200);
        }
    }

    /** Nodes first: the pods that are bound to them have no kubelet that would end them. */
    private void clear() throws IOException, InterruptedException {
        kubectl("delete", "nodes", "-l", "railiance.dev/test=" + NAMESPACE).accepted();
        kubectl("delete", "deployments", "--all", "-n", NAMESPACE, "--ignore-not-found")
                .accepted();
        kubectl("delete", "pods", "--all", "-n", NAMESPACE, "--force", "--grace-period=0")
                .accepted();
        kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found", "--timeout=100s")
                .accepted();
    }

    @Override
    public void close() throws IOException {
        try {
            clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the cluster was cleared", e);
        }
    }
}
