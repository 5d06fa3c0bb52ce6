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

    private static final Path CHART = Call.TEMPLATE.resolve("chart");

    @TempDir
    Path scratch;

    private List<Path> helms = List.of();

    @BeforeEach
    void realHelm() throws IOException {
        helms = Call.helms(scratch);
        assumeFalse(helms.isEmpty(), "no real Helm runs on this machine");
    }

    @Test
    void theTemplateItselfIsLintedWithEachStage() throws Exception {
        for (Path helm : helms) {
            for (String stage : List.of("stage2", "stage3")) {
                Path values = Call.TEMPLATE.resolve("values");
                var call = Call.of(List.of(
                        helm.toString(),
                        "lint",
                        "--strict",
                        CHART.toString(),
                        "-f",
                        values.resolve("base.yaml").toString(),
                        "-f",
                        values.resolve(stage + ".yaml").toString()));
                assertEquals(0, call.exitCode(), call.output());
            }
        }
    }

    @Test
    void eachRouterAndTrackOfEachAppRendersOrSaysWhyNot() throws Exception {
        for (Path helm : helms) {
            for (String app : List.of("forgejo", "miniflux", "whoami")) {
                for (String router : Call.ROUTERS) {
                    for (String track : Call.TRACKS) {
                        var call = Call.template(helm, CHART, app, router, track);
                        if (router.equals("none") && track.equals("routing")) {
                            assertTrue(call.output().contains("needs routing.router to be"), call.output());
                            continue;
                        }
                        assertEquals(0, call.exitCode(), call.output());
                        assertEquals(!track.equals("routing"), call.output().contains("kind: Deployment"));
                    }
                }
            }
        }
    }

    @Test
    void whoamiRendersAsItsGoldenFilesHold() throws Exception {
        for (String router : Call.ROUTERS) {
            for (String track : Call.TRACKS) {
                if (router.equals("none") && track.equals("routing")) {
                    continue;
                }
                var call = Call.template(helms.getFirst(), CHART, "whoami", router, track);
                Path golden = Call.RESOURCES.resolve("golden/" + router + "-" + track + ".yaml");
                if (Boolean.getBoolean("golden.update")) {
                    Files.createDirectories(golden.getParent());
                    Files.writeString(golden, call.output());
                }
                assertEquals(Files.readString(golden), call.output());
            }
        }
    }

    @Test
    void aNameThatLeavesNoRoomForTheCanaryIsRefused() throws Exception {
        var call =
                Call.template(helms.getFirst(), CHART, "whoami", "none", "stable", "--set", "name=" + "a".repeat(46));
        assertFalse(call.exitCode() == 0);
        assertTrue(call.output().contains("name"), call.output());
    }
}
