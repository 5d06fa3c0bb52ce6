package dev.railiance.overlay.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.contract.Contract;
import dev.railiance.contract.ContractReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Overlays of real software as {@code create-overlay} writes them, with what the page on overlays adds to their values. */
class OverlaysOfAppsTest {

    static final List<App> APPS = App.ALL;

    private static final Path PAGE = Path.of("../docs/overlay-repo-pattern.md");

    @TempDir
    Path scratch;

    @ParameterizedTest(name = "{0}")
    @FieldSource("APPS")
    void theContractOfEachRouterHoldsWithoutAFault(App app) throws IOException {
        for (String router : Release.ROUTERS) {
            Path root = app.overlay(scratch, router);
            Contract read = new ContractReader().read(root.resolve("railiance/app.toml"), root);
            assertInstanceOf(Contract.Valid.class, read, router);
            assertEquals(List.of(), read.faults(), router);
        }
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("APPS")
    void eachReleaseOfEachStageAndRouterIsLintedAndRendered(App app) throws Exception {
        List<Path> helms = Call.helms(scratch);
        assumeFalse(helms.isEmpty(), "no real Helm runs on this machine");
        for (Path helm : helms) {
            Path own = Files.createDirectory(scratch.resolve("with" + helms.indexOf(helm)));
            try (var repository = UpstreamRepository.of(helm, own)) {
                for (String router : app.routers()) {
                    Path root = app.overlay(own, router);
                    repository.fetch(root);
                    for (Release release : Release.all(root, app.name(), router)) {
                        release.lint(helm).accepted();
                        rendered(app, release, release.template(helm).accepted().output());
                    }
                }
            }
        }
    }

    private static void rendered(App app, Release release, String text) throws IOException {
        var manifests = Manifests.parse(text);
        List<String> names = manifests.names();
        boolean workload = names.stream().anyMatch(name -> name.startsWith("Deployment/"));
        assertEquals(!release.track().equals("routing"), workload, () -> release + " " + names);
        if (workload) {
            var made = manifests.only("Deployment");
            assertEquals(
                    made.at("/spec/selector/matchLabels"),
                    manifests.only("PodDisruptionBudget").at("/spec/selector/matchLabels"));
            String image = made.at("/spec/template/spec/containers/0/image").asText();
            assertEquals(app.chart().isPresent() ? "registry.example.org/upstream:v2" : app.image(), image);
            assertEquals(
                    app.chart().isPresent(),
                    names.contains("Service/" + release.name() + "-upstream"),
                    () -> release + " " + names);
        }
    }

    /** What the entry for traffic names is a Service of the track, and the pods of the track are behind it. */
    @ParameterizedTest(name = "{0}")
    @FieldSource("APPS")
    void trafficIsRoutedToThePodsOfTheTracks(App app) throws Exception {
        List<Path> helms = Call.helms(scratch);
        assumeFalse(helms.isEmpty(), "no real Helm runs on this machine");
        Path helm = helms.getFirst();
        try (var repository = UpstreamRepository.of(helm, scratch)) {
            Path root = app.overlay(scratch, "gateway-api");
            repository.fetch(root);
            var route = manifests(helm, root, app, "routing").only("HTTPRoute").at("/spec/rules/0/backendRefs");
            assertEquals(2, route.size());
            for (JsonNode backend : route) {
                String name = backend.path("name").asText();
                String track = name.substring(name.lastIndexOf('-') + 1);
                assertEquals(app.name() + "-" + track, name);
                var made = manifests(helm, root, app, track);
                JsonNode service = made.named("Service", name);
                JsonNode pod = made.only("Deployment").at("/spec/template");
                assertEquals(backend.path("port"), service.at("/spec/ports/0/port"));
                service.at("/spec/selector")
                        .properties()
                        .forEach(label -> assertEquals(
                                label.getValue(), pod.at("/metadata/labels").path(label.getKey())));
                assertTrue(
                        pod.at("/spec/containers/0/ports")
                                .findValuesAsText("name")
                                .contains(service.at("/spec/ports/0/targetPort").asText()),
                        service::toString);
            }
        }
    }

    private static Manifests manifests(Path helm, Path root, App app, String track) throws Exception {
        return Manifests.parse(Release.of(root, app.name(), "stage2", "gateway-api", track, 25)
                .template(helm)
                .accepted()
                .output());
    }

    /** Without a label that the pods of both tracks have, none of their releases is rendered, and so Stage 1 fails. */
    @Test
    void aRouterThatNeedsACommonLabelIsRefusedWhereThereIsNone() throws Exception {
        List<Path> helms = Call.helms(scratch);
        assumeFalse(helms.isEmpty(), "no real Helm runs on this machine");
        for (Path helm : helms) {
            Path own = Files.createDirectory(scratch.resolve("with" + helms.indexOf(helm)));
            try (var repository = UpstreamRepository.of(helm, own)) {
                Path root = App.PODINFO.overlay(own, "replicas");
                repository.fetch(root);
                for (String track : Release.TRACKS) {
                    Call refused = Release.of(root, "podinfo", "stage2", "replicas", track, 25)
                            .template(helm);
                    assertTrue(refused.exitCode() != 0 && refused.errors().contains("shared.selector is needed"));
                }
            }
        }
    }

    /** Without {@code helm repo add}, from a clone in which only what is under version control is there. */
    @Test
    void whatAWrappedChartDependsOnIsFetchedByTheCommandsOfThePage() throws Exception {
        List<Path> helms = Call.helms(scratch);
        assumeFalse(helms.isEmpty(), "no real Helm runs on this machine");
        String page = Files.readString(PAGE);
        for (Path helm : helms) {
            Path own = Files.createDirectory(scratch.resolve("with" + helms.indexOf(helm)));
            try (var repository = UpstreamRepository.of(helm, own)) {
                Path root = App.PODINFO.overlay(own, "none");
                String chart = root.resolve("chart").toString();
                Path declaration = root.resolve("chart/Chart.yaml");
                String text = Files.readString(declaration);
                Files.writeString(
                        declaration, text.replace("https://stefanprodan.github.io/podinfo", repository.url()));
                Path fetched = root.resolve("chart/charts/podinfo-6.9.1.tgz");
                assertTrue(page.contains("\n    helm dependency update podinfo/chart\n"), "the page says it");
                repository.with(List.of("dependency", "update", chart)).accepted();
                assertTrue(Files.exists(fetched) && Files.exists(root.resolve("chart/Chart.lock")));
                Files.delete(fetched);
                assertTrue(
                        page.contains("\n    helm repo add podinfo https://stefanprodan.github.io/podinfo\n")
                                && page.contains("\n    helm dependency build podinfo/chart\n"),
                        "the page says it");
                repository
                        .with(List.of("repo", "add", "podinfo", repository.url()))
                        .accepted();
                repository.with(List.of("dependency", "build", chart)).accepted();
                assertTrue(Files.exists(fetched));
                String values = "podinfo/values/base.yaml";
                assertTrue(
                        page.contains("\n    helm template podinfo-canary podinfo/chart --values " + values
                                + " --set railiance.track=canary\n"),
                        "the page says it");
                repository
                        .with(List.of(
                                "template",
                                "podinfo-canary",
                                chart,
                                "--values",
                                root.resolveSibling(values).toString(),
                                "--set",
                                "railiance.track=canary"))
                        .accepted();
            }
        }
    }

    /** As it is written, an overlay suits a chart that is laid out as {@code helm create} does. */
    @Test
    void theScriptFailsWhereLabelsAreNotThoseOfTheUpstreamsPods() throws Exception {
        var common = new App(
                "shop",
                "https://git.example.org/shop/shop",
                "v2",
                "registry.example.org/upstream:v2",
                Optional.of("https://charts.example.org/shop/sample-upstream:4.5.6"));
        List<Path> helms = Call.helms(scratch);
        assumeFalse(helms.isEmpty(), "no real Helm runs on this machine");
        for (Path helm : helms) {
            Path own = Files.createDirectory(scratch.resolve("with" + helms.indexOf(helm)));
            try (var repository = UpstreamRepository.of(helm, own)) {
                Path shop = common.overlay(own, "replicas");
                repository.fetch(shop);
                script(helm, shop).accepted();
                Path podinfo = App.PODINFO.overlay(own, "traefik");
                repository.fetch(podinfo);
                script(helm, podinfo).accepted();
                Path values = podinfo.resolve("values/base.yaml");
                Files.writeString(
                        values, Files.readString(values).replace("podinfo-canary-upstream", "podinfo-canary"));
                Call refused = script(helm, podinfo);
                assertEquals(1, refused.exitCode());
                assertTrue(
                        refused.errors().contains("has the label app.kubernetes.io/name:podinfo-canary, see tracks"),
                        refused.errors());
            }
        }
    }

    private static Call script(Path helm, Path overlay) throws Exception {
        String script = overlay.resolve("tests/stage2-template.sh").toString();
        return Call.of(List.of("sh", script), Map.of("PATH", helm.resolveSibling(".") + ":/usr/bin:/bin"));
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("APPS")
    void thePageShowsTheCommandAndTheValues(App app) throws IOException {
        String page = Files.readString(PAGE);
        assertTrue(page.contains("\n$ " + app.command() + "\n"), app.command());
        for (String stage : List.of("base", "stage2")) {
            app.facts(stage).ifPresent(text -> assertTrue(page.contains("```yaml\n" + text + "```\n"), text));
        }
    }
}
