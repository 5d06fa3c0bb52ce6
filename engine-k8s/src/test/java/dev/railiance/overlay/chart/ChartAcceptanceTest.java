package dev.railiance.overlay.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            Path wrapped = repository.wrapped();
            for (Path helm : helms) {
                for (Release release : releases(wrapped)) {
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

    @Test
    void eachHelmWouldInstallEachApp() throws Exception {
        var helms = Call.helms(scratch);
        assumeFalse(helms.isEmpty(), "no real Helm runs on this machine");
        try (var cluster = TestCluster.empty();
                var repository = UpstreamRepository.of(helms.getFirst(), scratch.resolve("upstream"))) {
            Path wrapped = repository.wrapped();
            for (Path helm : helms) {
                for (Release release : releases(wrapped)) {
                    if (release.router().equals("none") && release.track().equals("stable")) {
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
            }
            assertEquals(0, cluster.get("deployments").path("items").size());
        }
    }

    private static List<Release> releases(Path wrapped) {
        List<Release> all = new ArrayList<>(Release.all(wrapped, Charts.WRAPPED_APP));
        Charts.PLAIN_APPS.forEach(app -> all.addAll(Release.all(Charts.PLAIN, app)));
        return all;
    }
}
