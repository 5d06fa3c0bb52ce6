package dev.railiance.kubectl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Objects of the forms that the Kubernetes API documents, cut down to what is read of them. */
class KubectlOutputTest {

    private static final ClusterNamespace SHOP = new ClusterNamespace(Optional.empty(), "shop");

    private static <T> T read(KubectlOperation<T> operation, String printed) {
        byte[] bytes = printed.getBytes(StandardCharsets.UTF_8);
        return switch (operation.read(new Captured(bytes, bytes.length))) {
            case Answer.Done<T> done -> done.value();
            case Answer.NotDone<T> not -> throw new AssertionError(not.reason());
        };
    }

    private static Workload deployment(int generation, String status) {
        return read(KubectlGet.deployment(SHOP, "web"), """
                {"kind":"Deployment","metadata":{"name":"web","generation":%d},"spec":{"replicas":2},"status":%s}
                """.formatted(generation, status))
                .getFirst();
    }

    @Test
    void aDeploymentIsRolledOutOnceItsControllerHasSeenItAndAllPodsAreNew() {
        String done = "{\"observedGeneration\":2,\"replicas\":2,\"updatedReplicas\":2,\"readyReplicas\":2,"
                + "\"availableReplicas\":2}";
        assertTrue(deployment(2, done).isRolledOut());
        assertFalse(deployment(3, done).isRolledOut(), "these numbers tell of the past");
        assertFalse(
                deployment(2, done.replace("\"replicas\":2", "\"replicas\":3")).isRolledOut(), "an old pod is left");
        assertFalse(deployment(1, "{}").isRolledOut());
        Workload stuck = deployment(
                1,
                "{\"observedGeneration\":1,\"replicas\":2,\"updatedReplicas\":2,\"conditions\":[{\"type\":\"Progressing\","
                        + "\"status\":\"False\",\"reason\":\"ProgressDeadlineExceeded\",\"message\":\"s3cr3t\"}]}");
        assertTrue(stuck.isStuck());
        assertFalse(stuck.toString().contains("s3cr3t"));
    }

    @Test
    void aPodTellsWhyItDoesNotRun() {
        Pod pod = read(KubectlGet.pods(SHOP, new Selection.All()), """
                {"kind":"List","items":[{"kind":"Pod","metadata":{"name":"web-1","uid":"u-1","labels":{"app":"web"},
                "deletionTimestamp":"2026-11-28T20:00:00Z"},
                "spec":{"nodeName":"n","containers":[{"env":[{"name":"P","value":"s3cr3t"}]}]},
                "status":{"phase":"Running","podIP":"10.0.0.1","conditions":[{"type":"Ready","status":"False"}],
                "containerStatuses":[{"name":"web","image":"web:v1","imageID":"","ready":false,"restartCount":3,
                "state":{"waiting":{"reason":"CrashLoopBackOff","message":"s3cr3t"}},
                "lastState":{"terminated":{"reason":"OOMKilled","exitCode":137}}}]}}]}
                """).getFirst();
        assertFalse(pod.ready());
        assertTrue(pod.terminating());
        assertEquals(3, pod.restarts());
        assertEquals(
                List.of(new Pod.Container(
                        "web",
                        "web:v1",
                        Optional.empty(),
                        false,
                        3,
                        Optional.of("CrashLoopBackOff"),
                        Optional.empty(),
                        Optional.of("OOMKilled"),
                        OptionalInt.of(137))),
                pod.containers());
        assertFalse(pod.toString().contains("s3cr3t"));
    }

    @Test
    void anEventKeepsItsReasonAndNotItsMessage() {
        Event event = read(KubectlGet.events(SHOP), """
                {"kind":"List","items":[{"type":"Warning","reason":"Unhealthy","message":"s3cr3t","count":4,
                "involvedObject":{"kind":"Pod","name":"web-1","uid":"u-1"},"lastTimestamp":null,"eventTime":null}]}
                """).getFirst();
        assertEquals(new Event("Warning", "Unhealthy", "Pod", "web-1", Optional.of("u-1"), 4, Optional.empty()), event);
    }

    @Test
    void endpointsGoByThePodsBehindThem() {
        assertEquals(
                List.of(new Endpoints("web", List.of("web-1"), List.of("10.0.0.9"))),
                read(KubectlGet.endpoints(SHOP, new Selection.Named("web")), """
                        {"kind":"Endpoints","metadata":{"name":"web"},"subsets":[{
                        "addresses":[{"ip":"10.0.0.1","targetRef":{"kind":"Pod","name":"web-1"}}],
                        "notReadyAddresses":[{"ip":"10.0.0.9"}]}]}
                        """));
    }

    @Test
    void aWeightThatIsNotGivenIsOne() {
        var backends = List.of(
                new Route.Backend("Service", "web-stable", Optional.of("80"), 1),
                new Route.Backend("Service", "web-canary", Optional.of("http"), 0));
        String services =
                "[{\"name\":\"web-stable\",\"port\":80}," + "{\"name\":\"web-canary\",\"port\":\"http\",\"weight\":0}]";
        var web = new Selection.Named("web");
        assertEquals(
                backends,
                read(KubectlGet.traefikServices(SHOP, web), """
                        {"kind":"TraefikService","metadata":{"name":"web"},"spec":{"weighted":{"services":%s}}}
                        """.formatted(services))
                        .getFirst()
                        .backends());
        assertEquals(
                backends,
                read(KubectlGet.httpRoutes(SHOP, web), """
                        {"kind":"HTTPRoute","metadata":{"name":"web"},"spec":{"rules":[{"backendRefs":%s}]}}
                        """.formatted(services))
                        .getFirst()
                        .backends());
    }
}
