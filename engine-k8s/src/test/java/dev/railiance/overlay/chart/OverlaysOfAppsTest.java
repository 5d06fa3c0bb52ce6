package dev.railiance.overlay.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.railiance.contract.Contract;
import dev.railiance.contract.ContractReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                for (String router : Release.ROUTERS) {
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
        // The upstream's chart, as it is served here, makes a StatefulSet.
        String kind = app.chart().isPresent() ? "StatefulSet" : "Deployment";
        boolean workload = names.stream().anyMatch(name -> name.startsWith(kind + "/"));
        assertEquals(!release.track().equals("routing"), workload, () -> release + " " + names);
        if (workload) {
            var made = manifests.only(kind);
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

    /** What the entry for traffic names has to be there in the releases of the tracks. */
    @ParameterizedTest(name = "{0}")
    @FieldSource("APPS")
    void trafficIsRoutedToServicesThatTheTracksHave(App app) throws Exception {
        List<Path> helms = Call.helms(scratch);
        assumeFalse(helms.isEmpty(), "no real Helm runs on this machine");
        Path helm = helms.getFirst();
        try (var repository = UpstreamRepository.of(helm, scratch)) {
            Path root = app.overlay(scratch, "gateway-api");
            repository.fetch(root);
            var services = new java.util.TreeMap<String, Integer>();
            for (String track : List.of("stable", "canary")) {
                var made = Manifests.parse(Release.of(root, app.name(), "stage2", "gateway-api", track, 25)
                        .template(helm)
                        .accepted()
                        .output());
                made.objects().stream()
                        .filter(object -> object.path("kind").asText().equals("Service"))
                        .forEach(service -> services.put(
                                service.at("/metadata/name").asText(),
                                service.at("/spec/ports/0/port").intValue()));
            }
            var route = Manifests.parse(Release.of(root, app.name(), "stage2", "gateway-api", "routing", 25)
                            .template(helm)
                            .accepted()
                            .output())
                    .only("HTTPRoute")
                    .at("/spec/rules/0/backendRefs");
            assertEquals(2, route.size());
            route.forEach(backend -> assertEquals(
                    backend.path("port").intValue(),
                    services.get(backend.path("name").asText()),
                    route::toString));
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
                Release.of(root, "podinfo", "stage2", "none", "canary", 0)
                        .template(helm)
                        .accepted();
            }
        }
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
