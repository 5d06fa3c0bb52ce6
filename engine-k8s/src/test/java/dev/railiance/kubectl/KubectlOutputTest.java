package dev.railiance.kubectl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What kubectl 1.35 printed of a cluster: the files beside this class in the resources, in which only fields that nobody reads
 * are left out and the namespace has another name.
 */
class KubectlOutputTest {

    private static final ClusterNamespace SHOP = new ClusterNamespace(Optional.empty(), "shop");

    private static <T> List<T> read(KubectlGet<T> operation, String file) throws IOException {
        byte[] bytes;
        try (InputStream in = KubectlOutputTest.class.getResourceAsStream(file + ".json")) {
            bytes = Objects.requireNonNull(in, file).readAllBytes();
        }
        return switch (operation.read(new Captured(bytes, bytes.length))) {
            case Answer.Done<List<T>> done -> done.value();
            case Answer.NotDone<List<T>> not -> throw new AssertionError(not.reason());
        };
    }

    private static Workload deployment(String file) throws IOException {
        return read(KubectlGet.workload(SHOP, "Deployment", "web"), "deployment-" + file)
                .getFirst();
    }

    @Test
    void kindsMayHaveShortNamesAndGroups() {
        byte[] printed = """
                bindings                                     v1                                     true    Binding
                configmaps                        cm         v1                                     true    ConfigMap
                deployments                       deploy     apps/v1                                true    Deployment
                middlewares                                  traefik.io/v1alpha1                    true    Middleware
                nodes                             no,nd      v1                                     false   Node
                """.getBytes(StandardCharsets.UTF_8);
        assertEquals(
                Answer.done(new TreeSet<>(List.of(
                        "apps/v1",
                        "apps/v1/Deployment",
                        "traefik.io/v1alpha1",
                        "traefik.io/v1alpha1/Middleware",
                        "v1",
                        "v1/Binding",
                        "v1/ConfigMap",
                        "v1/Node"))),
                new ServedKinds(Optional.empty()).read(new Captured(printed, printed.length)));
    }

    /** Of an account with a role and a role for one object, and of an administrator. */
    @Test
    void rightsAreThoseForObjectsOfAnyName() throws IOException {
        RulesReview.Rules account = rules("rules-account");
        assertFalse(account.open());
        for (String verb : List.of("get", "list", "create", "patch")) {
            assertTrue(account.give(verb, "services"));
            assertTrue(account.give(verb, "deployments.apps"));
        }
        for (String resource : List.of("services", "deployments.apps", "secrets")) {
            assertFalse(account.give("delete", resource), resource);
        }
        assertFalse(account.give("get", "deployments"), "which is of another group");
        assertTrue(rules("rules-administrator").give("delete", "deployments.apps"));
    }

    @Test
    void whoListsNothingMayGiveMore() {
        for (String status : List.of(
                "{\"resourceRules\":[],\"incomplete\":false}",
                "{\"resourceRules\":null,\"incomplete\":false}",
                "{\"resourceRules\":[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}],\"incomplete\":true,"
                        + "\"evaluationError\":\"webhook authorizer does not support user rule resolution\"}")) {
            byte[] printed = ("{\"status\":" + status + "}").getBytes(StandardCharsets.UTF_8);
            assertTrue(rules(printed).open(), status);
        }
    }

    private static RulesReview.Rules rules(String file) throws IOException {
        try (InputStream in = KubectlOutputTest.class.getResourceAsStream(file + ".json")) {
            return rules(Objects.requireNonNull(in, file).readAllBytes());
        }
    }

    private static RulesReview.Rules rules(byte[] printed) {
        return switch (new RulesReview(Optional.empty(), Path.of("/r.json"))
                .read(new Captured(printed, printed.length))) {
            case Answer.Done<RulesReview.Rules> done -> done.value();
            case Answer.NotDone<RulesReview.Rules> not -> throw new AssertionError(not.reason());
        };
    }

    @Test
    void aDeploymentIsStuckOnceItsDeadlineHasPassed() throws IOException {
        Workload stuck = deployment("stuck");
        assertTrue(stuck.isStuck());
        assertFalse(stuck.isRolledOut(), "what is available is the old pod");
        assertEquals(
                new Workload(
                        "Deployment",
                        "web",
                        4,
                        4,
                        1,
                        1,
                        1,
                        1,
                        1,
                        2,
                        List.of(
                                new Workload.Condition("Available", "True", Optional.of("MinimumReplicasAvailable")),
                                new Workload.Condition(
                                        "Progressing", "False", Optional.of("ProgressDeadlineExceeded")))),
                stuck);
        assertFalse(stuck.toString().contains("has timed out progressing"), "a message is kept");
    }

    @Test
    void aDeploymentThatItsControllerHasNotSeenYetIsNothing() throws IOException {
        Workload changed = deployment("changed");
        assertFalse(changed.isStuck(), "these numbers tell of the past");
        assertFalse(changed.isRolledOut());
    }

    @Test
    void aDeploymentOnItsWayBackIsNotStuck() throws IOException {
        Workload back = deployment("going-back");
        assertFalse(back.isStuck(), "the mark is of the rollout before");
        assertFalse(back.isRolledOut(), "a pod too many is left");
        assertTrue(deployment("gone-back").isRolledOut());
    }

    @Test
    void aPodTellsWhyItDoesNotRun() throws IOException {
        Pod pod = read(KubectlGet.pods(SHOP, new Selection.All()), "pods-crashing")
                .getFirst();
        assertFalse(pod.ready());
        assertFalse(pod.terminating());
        assertEquals("Running", pod.phase());
        assertEquals(Optional.of("test-node"), pod.node());
        assertEquals(3, pod.restarts());
        assertEquals(
                List.of(new Pod.Container(
                        "web",
                        "demo-web:crash",
                        Optional.of("sha256:7a7299a979d3186da8f3103fc287314e675cd0899a60ac6ffa6ecfa5d65c3770"),
                        false,
                        3,
                        Optional.of("CrashLoopBackOff"),
                        Optional.empty(),
                        Optional.of("Error"),
                        OptionalInt.of(1))),
                pod.containers());
        assertFalse(pod.toString().contains("s3cr3t"), "the environment is kept");
        assertFalse(pod.toString().contains("back-off 40s"), "a message is kept");
    }

    @Test
    void aPodThatHasBeenToldToEndIsStillReady() throws IOException {
        Pod pod =
                read(KubectlGet.pods(SHOP, new Selection.All()), "pods-ending").getFirst();
        assertTrue(pod.terminating());
        assertTrue(pod.ready());
    }

    @Test
    void anEventKeepsItsReasonAndNotItsMessage() throws IOException {
        var uid = Optional.of("d8b1bf22-9434-46af-8cb7-2ae034653f14");
        assertEquals(
                List.of(
                        new Event(
                                "Normal",
                                "Scheduled",
                                "Pod",
                                "crash-64859967c8-lf96v",
                                uid,
                                1,
                                Optional.of(Instant.parse("2026-11-28T21:08:57.371063Z"))),
                        new Event(
                                "Warning",
                                "BackOff",
                                "Pod",
                                "crash-64859967c8-lf96v",
                                uid,
                                6,
                                Optional.of(Instant.parse("2026-11-28T21:09:59Z")))),
                read(KubectlGet.events(SHOP), "events"));
    }

    @Test
    void endpointsGoByThePodsBehindThem() throws IOException {
        assertEquals(
                List.of(new Endpoints("good", List.of("good-76c7d77b58-4rjsg"), List.of())),
                read(KubectlGet.endpoints(SHOP, new Selection.Named("good")), "endpoints"));
    }

    @Test
    void aWeightThatIsNotGivenIsOne() throws IOException {
        var web = new Selection.Named("web");
        var stable = new Route.Backend("Service", "web-stable", Optional.of("80"), 1);
        assertEquals(
                List.of(stable, new Route.Backend("Service", "web-canary", Optional.of("http"), 0)),
                read(KubectlGet.traefikServices(SHOP, web), "traefik-service")
                        .getFirst()
                        .backends());
        assertEquals(
                List.of(stable, new Route.Backend("Service", "web-canary", Optional.of("8080"), 0)),
                read(KubectlGet.httpRoutes(SHOP, web), "http-route").getFirst().backends());
    }
}
