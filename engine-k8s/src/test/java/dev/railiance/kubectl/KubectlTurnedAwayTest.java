package dev.railiance.kubectl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessTrees;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.PrivateHome;
import dev.railiance.tool.RealCluster;
import dev.railiance.tool.RefusingServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real kubectls say when a server turns them away, without needing a cluster. */
class KubectlTurnedAwayTest {

    private static final ClusterNamespace SHOP = new ClusterNamespace(Optional.empty(), "shop");

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void everyKubectlAtHandIsUnderstood() throws IOException {
        assumeFalse(RealCluster.kubectls().isEmpty(), "RAILIANCE_TEST_KUBECTL names no kubectl");
        var pods = KubectlGet.pods(SHOP, new Selection.All());
        Path review = Files.write(directory.resolve("review.json"), AccessReview.of(SHOP, "create", "pods"));
        for (Path program : RealCluster.kubectls()) {
            Path bin = Files.createTempDirectory(directory, "bin");
            Files.createSymbolicLink(bin.resolve("kubectl"), program);
            Map<String, String> environment = Map.of("PATH", bin + ":/usr/bin:/bin");
            try (RefusingServer server = RefusingServer.open(403, "Forbidden")) {
                Map<String, String> there = server.kubeconfig(directory, environment);
                assertCause(Cause.FORBIDDEN, pods, there);
                assertCause(Cause.FORBIDDEN, new AccessReview(Optional.empty(), review), there);
                assertCause(Cause.KIND_UNKNOWN, KubectlGet.httpRoutes(SHOP, new Selection.All()), there);
                assertCause(Cause.CONTEXT_UNKNOWN, new KubectlContext(Optional.of("nowhere")), there);
                assertCause(Cause.CONTEXT_UNKNOWN, new KubectlVersion(Optional.of("nowhere"), false), there);
            }
            try (RefusingServer server = RefusingServer.open(401, "Unauthorized")) {
                assertCause(Cause.UNAUTHENTICATED, pods, server.kubeconfig(directory, environment));
            }
            RefusingServer gone = RefusingServer.open(403, "Forbidden");
            gone.close();
            assertCause(Cause.UNREACHABLE, pods, gone.kubeconfig(directory, environment));
            assertCause(
                    Cause.UNREACHABLE,
                    new AccessReview(Optional.empty(), review),
                    gone.kubeconfig(directory, environment));
            assertCause(
                    Cause.UNREACHABLE,
                    new KubectlVersion(Optional.empty(), false),
                    gone.kubeconfig(directory, environment));
        }
    }

    private void assertCause(Cause cause, KubectlOperation<?> operation, Map<String, String> environment)
            throws IOException {
        try (PrivateHome home = PrivateHome.open()) {
            Answer<?> answer = new Kubectl(processes, environment, List.of(), home)
                    .run(operation, OutputSink.NONE, new Cancellation());
            assertFalse(answer.toString().contains("s3cr3t"));
            assertEquals(cause, assertInstanceOf(Answer.NotDone.class, answer).cause(), operation.name());
        }
    }
}
