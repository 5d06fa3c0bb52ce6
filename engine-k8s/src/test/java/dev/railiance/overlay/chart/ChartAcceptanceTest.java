package dev.railiance.overlay.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real API server takes what the overlays of real software make, custom resources included. */
@Tag("e2e")
class ChartAcceptanceTest {

    @TempDir
    Path scratch;

    @Test
    void theApiServerTakesEveryObjectOfEveryRelease() throws Exception {
        var helms = Call.helms(scratch);
        assumeFalse(helms.isEmpty(), "no real Helm runs on this machine");
        try (var cluster = TestCluster.empty();
                var repository = UpstreamRepository.of(helms.getFirst(), scratch.resolve("upstream"))) {
            for (Release release : releases(repository)) {
                for (Path helm : helms) {
                    String text = release.template(helm, "--validate", "-n", TestCluster.NAMESPACE)
                            .accepted()
                            .output();
                    var manifests = Manifests.parse(text);
                    String taken = cluster.apply(manifests.text(), "--dry-run=server")
                            .accepted()
                            .output();
                    assertEquals(manifests.objects().size(), taken.lines().count(), () -> release + taken);
                }
            }
        }
    }

    /** Where the Prometheus operator's definition of it is installed. */
    @Test
    void theApiServerTakesTheServiceMonitorOfEachTrack() throws Exception {
        var helms = Call.helms(scratch);
        assumeFalse(helms.isEmpty(), "no real Helm runs on this machine");
        try (var cluster = TestCluster.empty()) {
            assumeTrue(
                    cluster.kubectl("get", "customresourcedefinition", "servicemonitors.monitoring.coreos.com")
                                    .exitCode()
                            == 0,
                    "the cluster has no ServiceMonitor");
            for (String router : Release.ROUTERS) {
                Path root = App.FORGEJO.overlay(scratch, router);
                for (String track : List.of("stable", "canary")) {
                    for (Path helm : helms) {
                        String text = Release.of(root, "forgejo", "stage2", router, track, 25)
                                .template(
                                        helm,
                                        "--validate",
                                        "-n",
                                        TestCluster.NAMESPACE,
                                        "--set",
                                        "metrics.serviceMonitor=true")
                                .accepted()
                                .output();
                        String monitor =
                                new Manifests(List.of(Manifests.parse(text).only("ServiceMonitor"))).text();
                        cluster.apply(monitor, "--dry-run=server").accepted();
                    }
                }
            }
        }
    }

    @Test
    void eachHelmWouldInstallEachApp() throws Exception {
        var helms = Call.helms(scratch);
        assumeFalse(helms.isEmpty(), "no real Helm runs on this machine");
        try (var cluster = TestCluster.empty();
                var repository = UpstreamRepository.of(helms.getFirst(), scratch.resolve("upstream"))) {
            for (Release release : releases(repository)) {
                for (Path helm : helms) {
                    release.call(
                                    List.of(
                                            helm.toString(),
                                            "upgrade",
                                            "--install",
                                            release.name(),
                                            release.chart().toString()),
                                    "--dry-run=server",
                                    "-n",
                                    TestCluster.NAMESPACE)
                            .accepted();
                }
            }
            assertEquals(0, cluster.get("deployments").path("items").size());
        }
    }

    /** In Stage 2 the canary and in Stage 3 the stable track, both with the routing where there is a router. */
    private List<Release> releases(UpstreamRepository repository) throws Exception {
        List<Release> all = new ArrayList<>();
        for (App app : App.ALL) {
            for (String router : app.routers()) {
                Path root = app.overlay(scratch, router);
                repository.fetch(root);
                all.add(Release.of(root, app.name(), "stage2", router, "canary", 25));
                all.add(Release.of(root, app.name(), "stage3", router, "stable", 0));
                if (!router.equals("none")) {
                    all.add(Release.of(root, app.name(), "stage2", router, "routing", 25));
                    all.add(Release.of(root, app.name(), "stage3", router, "routing", 0));
                }
            }
        }
        return all;
    }
}
