package dev.railiance.overlay.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the real scheduler puts three replicas. The nodes besides the cluster's own are objects without a kubelet. */
@Tag("e2e")
class PlacementTest {

    @TempDir
    Path scratch;

    @Test
    void oneNodeTakesAllReplicas() throws Exception {
        var deployment = deployment();
        try (var cluster = TestCluster.empty()) {
            assertEquals(1, placed(cluster, deployment).size());
        }
    }

    @Test
    void threeNodesHaveAReplicaEach() throws Exception {
        var deployment = deployment();
        try (var cluster = TestCluster.empty()) {
            for (String name : Set.of("it-overlay-chart-2", "it-overlay-chart-3")) {
                node(cluster, name);
            }
            assertEquals(3, placed(cluster, deployment).size());
        }
    }

    /** The names of the nodes that the three replicas are bound to; none of them has to run. */
    private static Set<String> placed(TestCluster cluster, ObjectNode deployment) throws Exception {
        String name = deployment.at("/metadata/name").asText();
        cluster.kubectl("create", "serviceaccount", name, "-n", TestCluster.NAMESPACE)
                .accepted();
        cluster.apply(deployment.toString()).accepted();
        JsonNode pods = cluster.await(
                list -> list.findValuesAsText("nodeName").size() == 3, "pods", "-l", "railiance.dev/track=stable");
        assertEquals(3, pods.path("items").size());
        return new TreeSet<>(pods.findValuesAsText("nodeName"));
    }

    /** A node that keeps everybody else's pods away by a taint, and says that it is ready. */
    private static void node(TestCluster cluster, String name) throws Exception {
        cluster.apply("""
                apiVersion: v1
                kind: Node
                metadata: { name: %s, labels: { kubernetes.io/hostname: %s, railiance.dev/test: it-overlay-chart } }
                spec: { taints: [{ key: railiance.dev/test, effect: NoSchedule }] }
                """.formatted(name, name)).accepted();
        cluster.kubectl("patch", "node", name, "--subresource=status", "--type=merge", "-p", """
                {"status": {"capacity": {"cpu": "2", "memory": "4Gi", "pods": "20"},
                  "allocatable": {"cpu": "2", "memory": "4Gi", "pods": "20"},
                  "conditions": [{"type": "Ready", "status": "True", "reason": "Said"}]}}
                """)
                .accepted();
        cluster.await(node -> node.at("/spec/taints").size() == 1, "node", name);
    }

    private ObjectNode deployment() throws Exception {
        var helms = Call.helms(scratch);
        assumeFalse(helms.isEmpty(), "no real Helm runs on this machine");
        Path overlay = App.WHOAMI.overlay(scratch, "none");
        var rendered = Release.of(overlay, "whoami", "stage3", "none", "stable", 0)
                .template(helms.getFirst(), "--set", "replicaCount=3")
                .accepted();
        var deployment = (ObjectNode) Manifests.parse(rendered.output()).only("Deployment");
        ((ObjectNode) deployment.at("/spec/template/spec"))
                .putArray("tolerations")
                .addObject()
                .put("key", "railiance.dev/test")
                .put("operator", "Exists");
        return deployment;
    }
}
