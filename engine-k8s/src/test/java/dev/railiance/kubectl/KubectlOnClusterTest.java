package dev.railiance.kubectl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.http.HttpClient;
import dev.railiance.http.HttpOutcome;
import dev.railiance.http.HttpRequest;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessTrees;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.PrivateHome;
import dev.railiance.tool.RealCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every real kubectl that is at hand, on a real API server. */
@Tag("e2e")
class KubectlOnClusterTest {

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void readsTheCluster() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-kubectl")) {
            cluster.createNamespace();
            ClusterNamespace here = cluster.namespace();
            cluster.apply(objects());
            for (Path program : RealCluster.kubectls()) {
                try (PrivateHome home = PrivateHome.open()) {
                    Map<String, String> environment = cluster.with("kubectl", program);
                    Session kubectl = new Session(new Kubectl(processes, environment, List.of(), home));
                    assertKnowsWhereItIs(kubectl, here, home);
                    assertSeesWorkloads(kubectl, here);
                    assertSeesRoutes(kubectl, here);
                    assertHasObjectsChecked(kubectl, here, home);
                    assertReaches(kubectl, here);
                }
                assertIsTurnedAway(cluster, program);
            }
        }
    }

    private static void assertKnowsWhereItIs(Session kubectl, ClusterNamespace here, PrivateHome home)
            throws IOException {
        var versions = kubectl.done(new KubectlVersion(Optional.empty(), false));
        assertTrue(versions.client().startsWith("1."), versions.client());
        assertTrue(versions.server().orElseThrow().startsWith("1."));
        assertEquals(
                Optional.empty(),
                kubectl.done(new KubectlVersion(Optional.empty(), true)).server());
        var target = kubectl.done(new KubectlContext(Optional.empty()));
        assertEquals("https", target.server().getScheme());
        assertEquals(target, kubectl.done(new KubectlContext(Optional.of(target.context()))));
        assertEquals(Cause.CONTEXT_UNKNOWN, kubectl.cause(new KubectlContext(Optional.of("nowhere"))));
        assertEquals(
                Cause.CONTEXT_UNKNOWN,
                kubectl.cause(KubectlGet.events(new ClusterNamespace(Optional.of("nowhere"), "x"))));
        assertTrue(kubectl.done(new ServedKinds(Optional.empty()))
                .containsAll(List.of("v1", "v1/Pod", "apps/v1/Deployment", "traefik.io/v1alpha1/TraefikService")));
        assertEquals(NamespacePhase.Phase.ACTIVE, kubectl.done(new NamespacePhase(here)));
        var missing = new ClusterNamespace(Optional.empty(), here.name() + "-missing");
        assertEquals(Cause.NOT_FOUND, kubectl.cause(new NamespacePhase(missing)));
        assertEquals(Cause.NOT_FOUND, kubectl.cause(KubectlGet.workload(missing, "Deployment", "good")));
        assertEquals(List.of(), kubectl.done(KubectlGet.pods(missing, new Selection.All())));
        assertEquals(true, kubectl.done(mayCreate("deployments.apps", here, home)));
        assertEquals(true, kubectl.done(mayCreate("services", here, home)));
        assertTrue(kubectl.done(rules(here, home)).give("delete", "secrets"));
        assertEquals(List.of("password", "user"), kubectl.done(new SecretKeys(here, "good")));
        assertEquals(List.of(), kubectl.done(new SecretKeys(here, "empty")));
        assertEquals(Cause.NOT_FOUND, kubectl.cause(new SecretKeys(here, "other")));
    }

    private static void assertSeesWorkloads(Session kubectl, ClusterNamespace here) {
        RealCluster.until(
                () -> kubectl.done(KubectlGet.workload(here, "Deployment", "good"))
                        .getFirst()
                        .isRolledOut(),
                "a rollout");
        RealCluster.until(
                () -> kubectl.done(KubectlGet.workload(here, "Deployment", "crash"))
                        .getFirst()
                        .isStuck(),
                "a stuck rollout");
        Workload crash =
                kubectl.done(KubectlGet.workloads(here, labelled("crash"))).getFirst();
        assertFalse(crash.isRolledOut());
        assertTrue(crash.conditions().stream()
                .anyMatch(condition -> condition.reason().equals(Optional.of("ProgressDeadlineExceeded"))));

        Pod good = kubectl.done(KubectlGet.pods(here, labelled("good"))).getFirst();
        assertTrue(good.ready());
        assertEquals("Running", good.phase());
        assertEquals(0, good.restarts());
        assertEquals(Map.of("app", "good").get("app"), good.labels().get("app"));
        assertEquals("demo-web:v1", good.containers().getFirst().image());

        RealCluster.until(
                () -> kubectl.done(KubectlGet.pods(here, labelled("crash")))
                                .getFirst()
                                .restarts()
                        > 0,
                "a restarted container");
        Pod.Container crashed = kubectl.done(KubectlGet.pods(here, labelled("crash")))
                .getFirst()
                .containers()
                .getFirst();
        assertEquals(Optional.of("Error"), crashed.lastTerminated());
        assertEquals(1, crashed.lastExitCode().orElseThrow());

        RealCluster.until(
                () -> kubectl.done(KubectlGet.events(here)).stream()
                        .anyMatch(event -> event.isWarning()
                                && event.reason().equals("BackOff")
                                && event.kind().equals("Pod")
                                && event.name().startsWith("crash-")),
                "an event that explains it");
        RealCluster.until(
                () -> kubectl.done(KubectlGet.pods(here, labelled("lost"))).getFirst().containers().stream()
                        .anyMatch(container -> container
                                .waiting()
                                .filter(reason -> reason.matches("ErrImagePull|ImagePullBackOff"))
                                .isPresent()),
                "an image that is not there");
    }

    private static void assertSeesRoutes(Session kubectl, ClusterNamespace here) {
        var good = new Selection.Named("good");
        assertEquals(
                Map.of("app", "good"),
                kubectl.done(KubectlGet.services(here, good)).getFirst().selector());
        Endpoints endpoints = kubectl.done(KubectlGet.endpoints(here, good)).getFirst();
        assertEquals(1, endpoints.ready().size());
        assertTrue(endpoints.ready().getFirst().startsWith("good-"), endpoints.toString());

        List<Route.Backend> shares = List.of(
                new Route.Backend("Service", "good-stable", Optional.of("80"), 75),
                new Route.Backend("Service", "good-canary", Optional.of("80"), 25));
        assertEquals(
                shares,
                kubectl.done(KubectlGet.traefikServices(here, good)).getFirst().backends());
        Route route = kubectl.done(KubectlGet.ingressRoutes(here, good)).getFirst();
        assertEquals(List.of("Host(`good.example.org`)"), route.matches());
        assertEquals(List.of(new Route.Backend("TraefikService", "good", Optional.empty(), 1)), route.backends());
        Route http = kubectl.done(KubectlGet.httpRoutes(here, good)).getFirst();
        assertEquals(shares, http.backends());
        assertEquals(List.of("good.example.org"), http.matches());
        Route ingress = kubectl.done(KubectlGet.ingresses(here, good)).getFirst();
        assertEquals(List.of("good.example.org"), ingress.matches());
        assertEquals(List.of(new Route.Backend("Service", "good", Optional.of("80"), 1)), ingress.backends());
        assertEquals(
                Cause.KIND_UNKNOWN,
                kubectl.cause(new KubectlGet<>(here, List.of("widgets.example.org"), good, Event::of)));
    }

    private static void assertHasObjectsChecked(Session kubectl, ClusterNamespace here, PrivateHome home)
            throws IOException {
        Path fine = home.write("fine.yaml", objects().getBytes(StandardCharsets.UTF_8));
        assertTrue(kubectl.done(new ApplyDryRun(here, fine)).contains("deployment.apps/good"));
        assertEquals(
                "rw-------",
                java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(fine)));
        Path wrong = home.write(
                "wrong.yaml", objects().replace("replicas: 1", "replicas: -1").getBytes(StandardCharsets.UTF_8));
        assertEquals(Cause.OBJECT_INVALID, kubectl.cause(new ApplyDryRun(here, wrong)));
        Path strange = home.write(
                "strange.yaml",
                "apiVersion: example.org/v1\nkind: Widget\nmetadata: {name: x}\n".getBytes(StandardCharsets.UTF_8));
        assertEquals(Cause.KIND_UNKNOWN, kubectl.cause(new ApplyDryRun(here, strange)));
    }

    private static void assertReaches(Session kubectl, ClusterNamespace here) {
        var forward = new PortForward(here, "service/good", 80, Duration.ofMinutes(1));
        var done = assertInstanceOf(
                Answer.Done.class, forward.open(kubectl.kubectl(), Duration.ofSeconds(20), new Cancellation()));
        try (PortForward.Way way = (PortForward.Way) done.value()) {
            HttpOutcome outcome = new HttpClient(System::nanoTime, Optional.empty())
                    .ask(
                            HttpRequest.of("GET", URI.create("http://127.0.0.1:" + way.port() + "/healthz")),
                            Duration.ofSeconds(10),
                            new Cancellation());
            assertEquals(
                    200, assertInstanceOf(HttpOutcome.Answer.class, outcome).status());
        }
        var nobody = new PortForward(here, "service/nobody", 80, Duration.ofMinutes(1));
        var not = assertInstanceOf(
                Answer.NotDone.class, nobody.open(kubectl.kubectl(), Duration.ofSeconds(20), new Cancellation()));
        assertEquals(Cause.NOT_FOUND, not.cause());
    }

    private void assertIsTurnedAway(RealCluster cluster, Path program) throws IOException {
        ClusterNamespace here = cluster.namespace();
        Map<String, String> environment = cluster.with("kubectl", program);
        try (PrivateHome home = PrivateHome.open()) {
            Session kubectl = new Session(new Kubectl(processes, cluster.withoutRights(environment), List.of(), home));
            assertEquals(Cause.FORBIDDEN, kubectl.cause(KubectlGet.workload(here, "Deployment", "good")));
            assertEquals(Cause.FORBIDDEN, kubectl.cause(new SecretKeys(here, "good")));
            assertEquals(Cause.FORBIDDEN, kubectl.cause(new NamespacePhase(here)));
            assertEquals(false, kubectl.done(mayCreate("deployments.apps", here, home)));
            assertFalse(kubectl.done(rules(here, home)).give("create", "deployments.apps"));
        }
        try (PrivateHome home = PrivateHome.open()) {
            Session kubectl = new Session(new Kubectl(processes, cluster.withoutServer(environment), List.of(), home));
            assertEquals(Cause.UNREACHABLE, kubectl.cause(KubectlGet.workload(here, "Deployment", "good")));
            assertEquals(Cause.UNREACHABLE, kubectl.cause(new KubectlVersion(Optional.empty(), false)));
            assertEquals(Cause.UNREACHABLE, kubectl.cause(mayCreate("deployments.apps", here, home)));
        }
    }

    private static RulesReview rules(ClusterNamespace here, PrivateHome home) throws IOException {
        return new RulesReview(here.context(), home.write("rules.json", RulesReview.of(here)));
    }

    private static AccessReview mayCreate(String resource, ClusterNamespace here, PrivateHome home) throws IOException {
        return new AccessReview(here.context(), home.write("review.json", AccessReview.of(here, "create", resource)));
    }

    private static String objects() throws IOException {
        return Files.readString(RealCluster.CHART.resolveSibling("objects.yaml"));
    }

    private static Selection.Labelled labelled(String app) {
        return new Selection.Labelled(Map.of("app", app));
    }

    private record Session(Kubectl kubectl) {

        <T> T done(KubectlOperation<T> operation) {
            return switch (kubectl.run(operation, OutputSink.NONE, new Cancellation())) {
                case Answer.Done<T> done -> done.value();
                case Answer.NotDone<T> not -> throw new AssertionError(not.reason());
            };
        }

        Cause cause(KubectlOperation<?> operation) {
            return assertInstanceOf(Answer.NotDone.class, kubectl.run(operation, OutputSink.NONE, new Cancellation()))
                    .cause();
        }
    }
}
