package dev.railiance.overlay.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartRenderingTest {

    @TempDir
    Path scratch;

    private List<Path> helms = List.of();

    @BeforeEach
    void realHelm() throws IOException {
        helms = Call.helms(scratch);
        assumeFalse(helms.isEmpty(), "no real Helm runs on this machine");
    }

    private Release whoami(String router, String track, int weight) throws IOException {
        Path parent = Files.createTempDirectory(scratch, "overlay");
        return Release.of(App.WHOAMI.overlay(parent, router), "whoami", "stage2", router, track, weight);
    }

    @Test
    void withoutARouterThereIsNothingToRoute() throws Exception {
        var release = whoami("none", "routing", 25);
        assertTrue(release.template(helms.getFirst()).errors().contains("needs routing.router to be"));
    }

    @Test
    void aWeightOfNothingOrAllLeavesOneTrackOut() throws Exception {
        for (int weight : new int[] {0, 100}) {
            String alone = weight == 0 ? "stable" : "canary";
            var replicas = Manifests.parse(whoami("replicas", "routing", weight)
                    .template(helms.getFirst())
                    .accepted()
                    .output());
            assertEquals(
                    alone,
                    replicas.only("Service")
                            .at("/spec/selector/railiance.dev~1track")
                            .textValue());
            var route = Manifests.parse(whoami("gateway-api", "routing", weight)
                            .template(helms.getFirst())
                            .accepted()
                            .output())
                    .only("HTTPRoute")
                    .at("/spec/rules/0/backendRefs");
            assertEquals(1, route.size());
            assertEquals("whoami-" + alone, route.at("/0/name").textValue());
        }
    }

    /** Helm renders everything in templates/, whatever it is called. */
    @Test
    void whatLiesBesideATemplateIsNotRendered() throws Exception {
        for (App app : List.of(App.WHOAMI, App.PODINFO)) {
            for (Path helm : helms) {
                Path own = Files.createTempDirectory(scratch, "beside");
                try (var repository = UpstreamRepository.of(helm, own)) {
                    Path root = app.overlay(own, "none");
                    repository.fetch(root);
                    var release = Release.of(root, app.name(), "stage2", "none", "canary", 0);
                    String before =
                            release.template(helm, "--skip-tests").accepted().output();
                    Path templates = root.resolve("chart/templates");
                    for (String name : List.of("ingress.yaml.new", "ingress.yaml.new.1", ".railiance-17.part")) {
                        Files.copy(templates.resolve("ingress.yaml"), templates.resolve(name));
                    }
                    assertEquals(
                            before,
                            release.template(helm, "--skip-tests").accepted().output());
                }
            }
        }
    }

    @Test
    void theDisruptionBudgetSuitsTheVersionOfTheCluster() throws Exception {
        for (Path helm : helms) {
            assertEquals("policy/v1beta1", budget(helm, "1.20.2"));
            assertEquals("policy/v1", budget(helm, "1.21.0"));
            assertEquals("policy/v1", budget(helm, "1.33.1+k3s1"));
        }
    }

    /** Stable has two Services, and the routing release one more with the router replicas. */
    @Test
    void aServiceMonitorReadsTheOneServiceOfItsTrack() throws Exception {
        for (Path helm : helms) {
            for (String router : Release.ROUTERS) {
                Path root = App.FORGEJO.overlay(Files.createTempDirectory(scratch, "overlay"), router);
                Map<String, Manifests> releases = new TreeMap<>();
                for (Release release : Release.all(root, "forgejo", router)) {
                    String text = release.template(helm, "--set", "metrics.serviceMonitor=true")
                            .accepted()
                            .output();
                    releases.put(release.track(), Manifests.parse(text));
                }
                for (String track : List.of("stable", "canary")) {
                    var monitor = Objects.requireNonNull(releases.get(track)).only("ServiceMonitor");
                    assertEquals(
                            List.of("Service/forgejo-" + track),
                            releases.values().stream()
                                    .flatMap(manifests -> manifests.objects().stream())
                                    .filter(object -> isRead(object, monitor.path("spec")))
                                    .map(Manifests::name)
                                    .toList(),
                            router);
                }
                assertTrue(!releases.containsKey("routing")
                        || releases.get("routing").names().stream()
                                .noneMatch(name -> name.startsWith("ServiceMonitor")));
            }
        }
    }

    /** As Prometheus reads it: by the labels of a Service, the name of its port, and a rule on its own name. */
    private static boolean isRead(JsonNode object, JsonNode monitor) {
        JsonNode endpoint = monitor.at("/endpoints/0");
        return object.path("kind").asText().equals("Service")
                && monitor.at("/selector/matchLabels").properties().stream()
                        .allMatch(label -> label.getValue()
                                .equals(object.at("/metadata/labels").path(label.getKey())))
                && object.at("/spec/ports").findValues("name").contains(endpoint.path("port"))
                && object.at("/metadata/name")
                        .asText()
                        .matches(endpoint.at("/relabelings/0/regex").asText());
    }

    @Test
    void theAnnotationOfAPodWinsOverTheOneOfAllObjects() throws Exception {
        var deployment = Manifests.parse(whoami("none", "stable", 25)
                        .template(
                                helms.getFirst(),
                                "--set-string",
                                "annotations.a=all,annotations.b=all,podAnnotations.a=pod,podAnnotations.b=")
                        .accepted()
                        .output())
                .only("Deployment");
        assertEquals("all", deployment.at("/metadata/annotations/a").textValue());
        assertEquals(
                "pod", deployment.at("/spec/template/metadata/annotations/a").textValue());
        assertEquals("", deployment.at("/spec/template/metadata/annotations/b").textValue());
    }

    @Test
    void aNameThatLeavesNoRoomForTheCanaryIsRefused() throws Exception {
        var release = whoami("none", "stable", 25);
        release.template(helms.getFirst(), "--set", "name=" + "a".repeat(45)).accepted();
        var refusal = release.template(helms.getFirst(), "--set", "name=" + "a".repeat(46));
        assertFalse(refusal.exitCode() == 0);
        assertTrue(refusal.errors().contains("name"), refusal.errors());
    }

    private String budget(Path helm, String version) throws Exception {
        var call = whoami("none", "stable", 25).template(helm, "--kube-version", version);
        return Manifests.parse(call.accepted().output())
                .only("PodDisruptionBudget")
                .path("apiVersion")
                .asText();
    }
}
