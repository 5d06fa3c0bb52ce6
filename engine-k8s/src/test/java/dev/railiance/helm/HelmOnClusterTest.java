package dev.railiance.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.helm.HelmFlags.Apply;
import dev.railiance.helm.HelmFlags.OnFailure;
import dev.railiance.helm.HelmFlags.Waiting;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessTrees;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import dev.railiance.tool.PrivateHome;
import dev.railiance.tool.RealCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both real Helms on a real API server: the life of a release, and everything that can stand in its way. */
@Tag("e2e")
class HelmOnClusterTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    /** Longer than the deadline of the chart's deployment. */
    private static final Duration PAST_DEADLINE = Duration.ofSeconds(12);

    /** Ends before that deadline. */
    private static final Duration BEFORE_DEADLINE = Duration.ofSeconds(4);

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void helm3ChangesReleases() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-helm-3")) {
            Optional<Path> bin = RealHelm.three();
            assumeTrue(bin.isPresent(), "the Helm 3 that the build brings runs on linux/amd64 only");
            assertChangesReleases(cluster, bin.get().resolve("helm"), 3);
        }
    }

    @Test
    void helm4ChangesReleases() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-helm-4")) {
            Optional<Path> bin = RealHelm.four(directory);
            assumeTrue(bin.isPresent(), "RAILIANCE_TEST_HELM4 does not name a Helm 4 program");
            assertChangesReleases(cluster, bin.get().resolve("helm"), 4);
        }
    }

    private void assertChangesReleases(RealCluster cluster, Path program, int major) throws IOException {
        Map<String, String> environment = cluster.with("helm", program.toRealPath());
        try (PrivateHome home = PrivateHome.open()) {
            Session helm = Session.open(Helm.onCluster(processes, environment, List.of(), home), home, cluster);
            assertEquals(major, helm.flags().version().major());

            assertEquals(Cause.NAMESPACE_NOT_FOUND, helm.cause(helm.upgrade("v1", "a-0", Waiting.NOTHING)));
            cluster.createNamespace();
            assertNothingThere(helm);
            assertFirstAndSecondRevision(helm);
            assertFailureAndWayBack(helm, cluster);
            assertStuckAndWayBack(helm, cluster);

            try (PrivateHome other = PrivateHome.open()) {
                assertHasNoRights(Session.open(
                        Helm.onCluster(processes, cluster.withoutRights(environment), List.of(), other),
                        other,
                        cluster));
            }
            try (PrivateHome other = PrivateHome.open()) {
                assertFindsNoServer(Session.open(
                        Helm.onCluster(processes, cluster.withoutServer(environment), List.of(), other),
                        other,
                        cluster));
            }
            assertGoesAway(helm);
        }
    }

    private static void assertNothingThere(Session helm) throws IOException {
        Release release = helm.release();
        assertEquals(Cause.NOT_FOUND, helm.cause(new HelmStatus(release)));
        assertEquals(Cause.NOT_FOUND, helm.cause(new HelmHistory(release, 10)));
        assertEquals(Cause.NOT_FOUND, helm.cause(new HelmManifest(release, OptionalInt.empty())));
        assertEquals(Cause.NOT_FOUND, helm.cause(new HelmMetadata(release, OptionalInt.empty())));
        assertEquals(Cause.NOT_FOUND, helm.cause(helm.rollback(1)));
        assertEquals(Cause.NOT_FOUND, helm.cause(helm.uninstall()));
        Manifests planned = helm.done(new HelmDryRun(helm.upgrade("v1", "a-0", Waiting.NOTHING)));
        assertTrue(planned.yaml().contains("demo-web:v1"));
        assertEquals(Cause.NOT_FOUND, helm.cause(new HelmStatus(release)), "a dry run leaves nothing behind");
        HelmUpgrade invalid = helm.upgrade("{\"replicas\":\"many\"}", "a-0", LONG, Waiting.NOTHING, OnFailure.KEEP);
        assertEquals(Cause.OBJECT_INVALID, helm.cause(new HelmDryRun(invalid)));
        assertEquals(Cause.OBJECT_INVALID, helm.cause(invalid));
    }

    private static void assertFirstAndSecondRevision(Session helm) throws IOException {
        Release release = helm.release();
        HelmUpgrade.Made made = helm.done(helm.upgrade("v1", "a-1", Waiting.READY));
        assertEquals(
                helm.done(new HelmManifest(release, OptionalInt.of(1))).yaml().strip(),
                made.manifests().yaml().strip());
        Revision first = made.revision();
        assertEquals(1, first.number());
        assertEquals(ReleaseStatus.DEPLOYED, first.status());
        assertEquals(Optional.of("attempt a-1"), first.description());
        assertEquals(
                2,
                helm.done(helm.upgrade("v2", "a-2", Waiting.NOTHING)).revision().number());
        assertEquals(2, helm.done(new HelmStatus(release)).number());
        assertTrue(
                helm.done(new HelmManifest(release, OptionalInt.of(1))).yaml().contains("demo-web:v1"));
        assertEquals(
                "v2",
                helm.done(new HelmValues(release, OptionalInt.empty()))
                        .values()
                        .path("tag")
                        .asText());
        assertEquals(Cause.NOT_FOUND, helm.cause(new HelmManifest(release, OptionalInt.of(77))));
        assertEquals(
                List.of(new HelmList.Listed("web", 2, ReleaseStatus.DEPLOYED, "demo-web-1.2.3")),
                helm.done(new HelmList(helm.flags(), release.namespace(), Map.of("railiance.dev/attempt", "a-2"))));
    }

    private static void assertFailureAndWayBack(Session helm, RealCluster cluster) throws IOException {
        Release release = helm.release();
        assertEquals(Cause.NOT_READY, helm.cause(helm.bad("a-3", PAST_DEADLINE, OnFailure.KEEP)));
        assertEquals(ReleaseStatus.FAILED, helm.done(new HelmStatus(release)).status());
        assertEquals(
                List.of(new HelmList.Listed("web", 3, ReleaseStatus.FAILED, "demo-web-1.2.3")),
                helm.done(new HelmList(helm.flags(), release.namespace(), Map.of("railiance.dev/attempt", "a-3"))),
                "labels stay after a failure");
        // Helm 4 that waits takes the mark of the failed rollout for one of the rollback.
        helm.done(helm.rollback(2, Waiting.NOTHING));
        untilSettled(cluster);
        Revision back = helm.done(new HelmStatus(release));
        assertEquals(4, back.number());
        assertEquals(Optional.of("Rollback to 2"), back.description());
        assertEquals(
                List.of(
                        ReleaseStatus.SUPERSEDED,
                        ReleaseStatus.SUPERSEDED,
                        ReleaseStatus.FAILED,
                        ReleaseStatus.DEPLOYED),
                helm.done(new HelmHistory(release, 10)).stream()
                        .map(Revision::status)
                        .toList());
        assertEquals(Cause.NOT_READY, helm.cause(helm.bad("a-5", BEFORE_DEADLINE, OnFailure.ROLL_BACK)));
        Revision itself = helm.done(new HelmStatus(release));
        assertEquals(6, itself.number());
        assertEquals(ReleaseStatus.DEPLOYED, itself.status());
    }

    private static void assertStuckAndWayBack(Session helm, RealCluster cluster) throws IOException {
        Release release = helm.release();
        HelmUpgrade upgrade = helm.bad("a-7", LONG, OnFailure.KEEP);
        CompletableFuture<Answer<HelmUpgrade.Made>> killed = CompletableFuture.supplyAsync(() -> helm.run(upgrade));
        RealCluster.until(
                () -> helm.done(new HelmStatus(release)).status() == ReleaseStatus.PENDING_UPGRADE,
                "an upgrade under way");
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("upgrade " + release.name()))
                .forEach(ProcessHandle::destroyForcibly);
        assertEquals(
                "helm upgrade ended with exit code 137",
                assertInstanceOf(Answer.NotDone.class, killed.join()).reason());
        assertTrue(helm.done(new HelmStatus(release)).status().isPending());
        assertEquals(
                List.of(new HelmList.Listed("web", 7, ReleaseStatus.PENDING_UPGRADE, "demo-web-1.2.3")),
                helm.done(new HelmList(helm.flags(), release.namespace(), Map.of("railiance.dev/attempt", "a-7"))),
                "labels tell whose attempt it was");
        assertEquals(Cause.BUSY, helm.cause(helm.upgrade("v3", "a-8", Waiting.NOTHING)));
        helm.done(helm.rollback(6, Waiting.NOTHING));
        untilSettled(cluster);
        helm.done(helm.rollback(1, Waiting.READY));
        assertEquals(ReleaseStatus.DEPLOYED, helm.done(new HelmStatus(release)).status());
    }

    private static void untilSettled(RealCluster cluster) {
        RealCluster.until(
                () -> cluster.kubectl(
                                "get",
                                "deployment",
                                "web",
                                "--namespace=" + cluster.namespace().name(),
                                "--output=jsonpath={.status.conditions[?(@.type==\"Progressing\")].reason}")
                        .equals("NewReplicaSetAvailable"),
                "a rollout that is through");
    }

    private static void assertHasNoRights(Session helm) throws IOException {
        assertEquals(Cause.FORBIDDEN, helm.cause(new HelmStatus(helm.release())));
        assertEquals(Cause.FORBIDDEN, helm.cause(new HelmHistory(helm.release(), 10)));
        assertEquals(Cause.FORBIDDEN, helm.cause(helm.upgrade("v1", "a-9", Waiting.NOTHING)));
        assertEquals(Cause.FORBIDDEN, helm.cause(new HelmDryRun(helm.upgrade("v1", "a-9", Waiting.NOTHING))));
        assertEquals(Cause.FORBIDDEN, helm.cause(helm.rollback(1)));
        assertEquals(Cause.FORBIDDEN, helm.cause(helm.uninstall()));
    }

    private static void assertFindsNoServer(Session helm) throws IOException {
        assertEquals(Cause.UNREACHABLE, helm.cause(new HelmStatus(helm.release())));
        assertEquals(Cause.UNREACHABLE, helm.cause(helm.upgrade("v1", "a-9", Waiting.NOTHING)));
        assertEquals(Cause.UNREACHABLE, helm.cause(helm.rollback(1)));
        assertEquals(Cause.UNREACHABLE, helm.cause(helm.uninstall()));
    }

    private static void assertGoesAway(Session helm) {
        helm.done(helm.uninstall());
        assertEquals(Cause.NOT_FOUND, helm.cause(new HelmStatus(helm.release())));
        assertEquals(
                List.of(), helm.done(new HelmList(helm.flags(), helm.release().namespace(), Map.of())));
    }

    /** One Helm and one release. */
    private record Session(Helm helm, HelmFlags flags, PrivateHome home, Release release) {

        static Session open(Helm helm, PrivateHome home, RealCluster cluster) {
            var flags = assertInstanceOf(Answer.Done.class, helm.flags(new Cancellation()));
            return new Session(helm, (HelmFlags) flags.value(), home, new Release(cluster.namespace(), "web"));
        }

        <T> Answer<T> run(HelmOperation<T> operation) {
            return helm.run(operation, OutputSink.NONE, new Cancellation());
        }

        <T> T done(HelmOperation<T> operation) {
            return switch (run(operation)) {
                case Answer.Done<T> done -> done.value();
                case Answer.NotDone<T> not -> throw new AssertionError(not.reason());
            };
        }

        Cause cause(HelmOperation<?> operation) {
            Answer<?> answer = run(operation);
            assertFalse(answer.toString().contains("demo-web:"), "an answer quotes a manifest");
            return assertInstanceOf(Answer.NotDone.class, answer).cause();
        }

        HelmUpgrade upgrade(String tag, String attempt, Waiting waiting) throws IOException {
            return upgrade("{\"tag\":\"" + tag + "\"}", attempt, LONG, waiting, OnFailure.KEEP);
        }

        /** What never becomes ready. */
        HelmUpgrade bad(String attempt, Duration timeout, OnFailure onFailure) throws IOException {
            return upgrade("{\"tag\":\"bad\"}", attempt, timeout, Waiting.READY, onFailure);
        }

        HelmUpgrade upgrade(String given, String attempt, Duration timeout, Waiting waiting, OnFailure onFailure)
                throws IOException {
            Path values = home.write(attempt + ".json", given.getBytes(StandardCharsets.UTF_8));
            return new HelmUpgrade(
                    flags,
                    release,
                    RealCluster.CHART.toString(),
                    List.of(values),
                    new HelmUpgrade.Options(
                            Optional.of("attempt " + attempt),
                            new TreeMap<>(Map.of("railiance.dev/attempt", attempt)),
                            timeout,
                            waiting,
                            onFailure,
                            OptionalInt.of(20),
                            Apply.AS_BEFORE));
        }

        HelmRollback rollback(int revision) {
            return rollback(revision, Waiting.READY);
        }

        HelmRollback rollback(int revision, Waiting waiting) {
            return new HelmRollback(flags, release, revision, LONG, waiting, Apply.AS_BEFORE, OptionalInt.of(20));
        }

        HelmUninstall uninstall() {
            return new HelmUninstall(flags, release, LONG, Waiting.READY, false, Optional.empty());
        }
    }
}
