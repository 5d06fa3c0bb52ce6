package dev.railiance.overlay.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
