package dev.railiance.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.effect.ClusterObject;
import dev.railiance.effect.TrafficRoute;
import dev.railiance.helm.Manifests;
import dev.railiance.kubectl.Pod;
import dev.railiance.kubectl.Route.Backend;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.TrafficShare;
import dev.railiance.tool.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {

    private static final String PROMOTION = "01900000-0000-7000-8000-000000000001";
    private static final String ATTEMPT = "01900000-0000-7000-8000-00000000000a";

    private static final String WEB = """
            ---
            # Source: shop/templates/web.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: shop-canary
              labels: { app: shop, railiance.dev/attempt: "%s" }
            spec:
              replicas: %d
              selector: { matchLabels: { app: shop, track: canary } }
              template:
                metadata:
                  labels: { track: canary, app: shop, railiance.dev/promotion: "%s" }
            ---
            apiVersion: v1
            kind: Secret
            metadata: { name: shop }
            data: { password: aHVudGVyMg== }
            ---
            """;

    @Test
    void whoMadeAnObjectIsNoDifferenceAndEverythingElseIs() {
        List<ClusterObject> one = objects(WEB.formatted("a", 1, "p"));
        assertEquals(one, objects(WEB.formatted("b", 1, "q")));
        assertEquals(
                one,
                objects(WEB.formatted("a", 1, "p")
                        .replace("{ track: canary, app: shop", "{ app: shop, track: canary")));
        assertNotEquals(one, objects(WEB.formatted("a", 2, "p")));
        assertNotEquals(one, objects(WEB.replace("aHVudGVyMg==", "aHVudGVyMw==").formatted("a", 1, "p")));
        assertEquals(
                List.of("Deployment", "Secret"),
                one.stream().map(ClusterObject::kind).toList());
    }

    @Test
    void workloadsComeWithTheLabelsOfTheirPods() {
        var workloads = assertInstanceOf(
                Answer.Done.class, ManifestReader.workloads(new Manifests(WEB.formatted("a", 1, "p"))));
        assertEquals(
                List.of(new ManifestReader.Workload(
                        "Deployment", "shop-canary", Map.of("app", "shop", "track", "canary"))),
                workloads.value());
    }

    /** As Helm and the API server take them. */
    @Test
    void listsAreWhatIsInThem() {
        String list = """
                kind: List
                apiVersion: v1
                items:
                - { kind: ConfigMap, metadata: { name: a } }
                - kind: DeploymentList
                  apiVersion: apps/v1
                  items:
                  - metadata: { name: b }
                    spec: { selector: { matchLabels: { app: b } } }
                """;
        assertEquals(
                List.of("ConfigMap a", "Deployment b"),
                objects(list).stream()
                        .map(object -> object.kind() + " " + object.name())
                        .toList());
        var workloads = assertInstanceOf(Answer.Done.class, ManifestReader.workloads(new Manifests(list)));
        assertEquals(List.of(new ManifestReader.Workload("Deployment", "b", Map.of("app", "b"))), workloads.value());
    }

    @Test
    void whatIsNoYamlIsNotQuoted() {
        var refused =
                assertInstanceOf(Answer.NotDone.class, ManifestReader.objects(new Manifests("kind: [hunter2\n  : {")));
        assertTrue(!refused.reason().contains("hunter2"), refused.reason());
    }

    @Test
    void aReleaseIsKnownByItsDescriptionAndNothingElseIsTakenForIt() {
        String told = "railiance promotion " + PROMOTION + " attempt " + ATTEMPT + " weight 25";
        assertEquals(
                Optional.of(
                        new ReleaseMark(Optional.of(new PromotionId(PROMOTION)), Optional.of(new AttemptId(ATTEMPT)))),
                ReleaseMark.ofDescription(Optional.of(told)));
        assertEquals(Optional.empty(), ReleaseMark.ofDescription(Optional.of("Upgrade complete")));
        assertEquals(Optional.empty(), ReleaseMark.ofDescription(Optional.of(told + " and more")));
        assertEquals(Optional.empty(), ReleaseMark.ofDescription(Optional.empty()));
    }

    @Test
    void aShareIsTheCanarysPartOfAllWeights() {
        var route = new TrafficRoute(TrafficRoute.Router.TRAEFIK, "shop", "shop-stable", "shop-canary");
        Backend stable = new Backend("Service", "shop-stable", Optional.of("80"), 75);
        Backend canary = new Backend("Service", "shop-canary", Optional.of("80"), 25);
        assertEquals(25.0, TrafficReader.share(List.of(stable, canary), route).percent());
        assertEquals(0.0, TrafficReader.share(List.of(stable), route).percent());
        assertEquals(100.0, TrafficReader.share(List.of(canary), route).percent());
        assertEquals(0.0, TrafficReader.share(List.of(), route).percent());
    }

    /** An upstream's chart says by labels of its own what is the canary's. */
    @Test
    void aShareOfPodsIsTheCanarysPartOfThoseThatGetTraffic() {
        var canary =
                new ManifestReader.Workload("StatefulSet", "shop-canary-web", Map.of("app", "web", "in", "canary"));
        var behind = List.of(pod("a", true), pod("b", true), pod("canary", true), pod("canary", false));
        assertEquals(TrafficShare.ofPods(1, 2), TrafficReader.share(behind, List.of(canary)));
        assertEquals(TrafficShare.ofPods(0, 3), TrafficReader.share(behind, List.of()));
        var all = new ManifestReader.Workload("Deployment", "shop-canary-job", Map.of());
        assertEquals(TrafficShare.ofPods(0, 3), TrafficReader.share(behind, List.of(all)));
    }

    private static Pod pod(String in, boolean ready) {
        return new Pod(
                "web-" + in,
                "uid",
                new TreeMap<>(Map.of("app", "web", "in", in, "pod-template-hash", "x")),
                new TreeMap<>(),
                "Running",
                ready,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static List<ClusterObject> objects(String yaml) {
        return switch (ManifestReader.objects(new Manifests(yaml))) {
            case Answer.Done<List<ClusterObject>> done -> done.value();
            case Answer.NotDone<List<ClusterObject>> not -> throw new AssertionError(not.reason());
        };
    }
}
