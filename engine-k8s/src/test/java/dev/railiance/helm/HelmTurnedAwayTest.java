package dev.railiance.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real Helms say when a server turns them away, without needing a cluster. */
class HelmTurnedAwayTest {

    private static final Release WEB = new Release(new ClusterNamespace(Optional.empty(), "shop"), "web");

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void helm3() throws IOException {
        Optional<Path> bin = RealHelm.three();
        assumeTrue(bin.isPresent(), "the Helm 3 that the build brings runs on linux/amd64 only");
        assertUnderstood(bin.get(), HelmArgumentsTest.THREE);
    }

    @Test
    void helm4() throws IOException {
        Optional<Path> bin = RealHelm.four(directory);
        assumeTrue(bin.isPresent(), "RAILIANCE_TEST_HELM4 does not name a Helm 4 program");
        assertUnderstood(bin.get(), HelmArgumentsTest.FOUR);
    }

    private void assertUnderstood(Path bin, HelmFlags flags) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", bin + ":/usr/bin:/bin"));
        try (RefusingServer server = RefusingServer.open(403, "Forbidden")) {
            assertAll(Cause.FORBIDDEN, server.kubeconfig(directory, environment), flags);
        }
        try (RefusingServer server = RefusingServer.open(401, "Unauthorized")) {
            assertAll(Cause.UNAUTHENTICATED, server.kubeconfig(directory, environment), flags);
        }
        RefusingServer gone = RefusingServer.open(403, "Forbidden");
        gone.close();
        assertAll(Cause.UNREACHABLE, gone.kubeconfig(directory, environment), flags);
    }

    private void assertAll(Cause cause, Map<String, String> environment, HelmFlags flags) throws IOException {
        var upgrade = new HelmUpgrade(
                flags,
                WEB,
                RealCluster.CHART.toString(),
                List.of(),
                HelmUpgrade.Options.of("d", Map.of(), Duration.ofSeconds(10)));
        List<HelmOperation<?>> operations = List.of(
                new HelmStatus(WEB), new HelmList(flags, WEB.namespace(), Map.of()), upgrade, new HelmDryRun(upgrade));
        try (PrivateHome home = PrivateHome.open()) {
            Helm helm = Helm.onCluster(processes, environment, List.of(), home);
            for (HelmOperation<?> operation : operations) {
                Answer<?> answer = helm.run(operation, OutputSink.NONE, new Cancellation());
                assertFalse(answer.toString().contains("s3cr3t"));
                assertEquals(
                        cause, assertInstanceOf(Answer.NotDone.class, answer).cause(), operation.name());
            }
        }
    }
}
