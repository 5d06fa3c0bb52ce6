package dev.railiance.overlay.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each router and stage renders is held in files. Those of the router none hold every object; those of the others
 * the entry alone, and what is left must be the same as with none.
 */
class GoldenChartTest {

    private static final Map<String, Integer> WEIGHTS = Map.of("stage2", 25, "stage3", 0);

    @TempDir
    Path scratch;

    private List<Path> helms = List.of();

    @BeforeEach
    void realHelm() throws IOException {
        helms = Call.helms(scratch);
        assumeFalse(helms.isEmpty(), "no real Helm runs on this machine");
    }

    @Test
    void theTemplateRendersAsItsGoldenFilesHold() throws Exception {
        for (Path helm : helms) {
            for (String stage : WEIGHTS.keySet()) {
                var none = rendered(helm, Charts.PLAIN, "none", stage);
                check("none-" + stage, none);
                for (String router : Release.ROUTERS.subList(1, 4)) {
                    var all = rendered(helm, Charts.PLAIN, router, stage);
                    Map<String, Manifests> entries = new TreeMap<>();
                    all.forEach((release, manifests) -> entries.put(release, manifests.entries()));
                    check(router + "-" + stage, entries);
                    for (String release : none.keySet()) {
                        assertEquals(
                                none.get(release).withoutEntries(),
                                Objects.requireNonNull(all.get(release)).withoutEntries());
                    }
                }
            }
        }
    }

    @Test
    void theWrappedChartRendersAsItsGoldenFilesHold() throws Exception {
        for (Path helm : helms) {
            Path own = scratch.resolve("with" + helms.indexOf(helm));
            try (var repository = UpstreamRepository.of(helm, own)) {
                Path chart = repository.wrapped();
                for (String stage : WEIGHTS.keySet()) {
                    for (String router : Release.ROUTERS) {
                        check("wrapped-" + router + "-" + stage, rendered(helm, chart, router, stage));
                    }
                }
            }
        }
    }

    /** Stage 2 releases the canary and Stage 3 the stable track, both with the routing where there is a router. */
    private static Map<String, Manifests> rendered(Path helm, Path chart, String router, String stage)
            throws Exception {
        List<String> tracks = new ArrayList<>(List.of(stage.equals("stage2") ? "canary" : "stable"));
        if (!router.equals("none")) {
            tracks.add("routing");
        }
        Path values = chart.equals(Charts.PLAIN) ? Charts.TEMPLATE.resolve("values") : Charts.WRAPPED_VALUES;
        Map<String, Manifests> all = new TreeMap<>();
        for (String track : tracks) {
            var files = List.of(values.resolve("base.yaml"), values.resolve(stage + ".yaml"));
            var release = new Release(chart, "sample-app", files, router, track, WEIGHTS.getOrDefault(stage, 0));
            release.lint(helm).accepted();
            all.put(
                    release.name(),
                    Manifests.parse(release.template(helm).accepted().output()));
        }
        return all;
    }

    private static void check(String name, Map<String, Manifests> releases) throws IOException {
        var text = new StringBuilder();
        for (var release : releases.entrySet()) {
            text.append("# release ").append(release.getKey()).append('\n');
            text.append(release.getValue().text());
        }
        Path file = Charts.RESOURCES.resolve("golden/" + name + ".yaml");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return;
        }
        assertTrue(Files.exists(file), () -> file + " is missing: run the test with -Dgolden.update=true");
        assertEquals(Files.readString(file), text.toString());
    }
}
