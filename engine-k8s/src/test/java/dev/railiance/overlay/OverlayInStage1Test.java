package dev.railiance.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.EngineSettings;
import dev.railiance.PromotionEngine;
import dev.railiance.RunRequest;
import dev.railiance.failure.Outcome;
import dev.railiance.helm.HelmChartRenderer;
import dev.railiance.helm.RealHelm;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.projection.RunResult;
import dev.railiance.tool.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fresh overlay goes through Stage 1 as it was written, with the real engine and the real Helm. */
class OverlayInStage1Test {

    private static final Path UPSTREAM = Path.of("src/test/resources/dev/railiance/overlay/chart/upstream");
    private static final String CANARY = "the chart renders for the canary";
    private static final String PRODUCTION = "the chart renders for production";

    @TempDir
    Path parent;

    private Path overlay(OverlayArguments arguments) {
        Path root = parent.resolve(arguments.name());
        assertInstanceOf(
                Outcome.Done.class, new Overlay(OverlayTemplate.current(), arguments, root).write(false, false));
        return root;
    }

    private static OverlayArguments wrapping() {
        return OverlayTest.arguments(new OverlayArguments.Words(
                "web",
                "https://git.example.org/web/web",
                "v1.0.0",
                Optional.empty(),
                Optional.empty(),
                Optional.of("https://charts.example.org/stable/sample-upstream:4.5.6"),
                Optional.of("traefik"),
                Optional.empty()));
    }

    private RunResult run(Path root, String path) {
        var settings = EngineSettings.of(new LedgerLocation.Embedded(parent.resolve("ledger")))
                .withCharts((processes, environment) -> new HelmChartRenderer(processes, Map.of("PATH", path)));
        try (var engine = PromotionEngine.open(settings)) {
            return OverlayTest.value(engine.run(RunRequest.of(root)));
        }
    }

    private static List<String> told(RunResult result) {
        return result.checks().stream()
                .filter(check -> check.name().startsWith("the chart"))
                .map(check -> check.name() + ": " + check.verdict()
                        + check.reason().map(why -> ", " + why).orElse(""))
                .toList();
    }

    /** A PATH with each Helm that there is. */
    private List<String> withHelm() throws IOException {
        Optional<Path> three = RealHelm.three();
        assumeTrue(three.isPresent(), "the Helm 3 that the build brings runs on linux/amd64 only");
        return Stream.concat(three.stream(), RealHelm.four(parent).stream())
                .map(bin -> bin + ":/usr/bin:/bin")
                .toList();
    }

    @Test
    void withHelmItsChartIsRendered() throws IOException {
        Path root = overlay(OverlayTest.forgejo("none", "v11.0.1"));
        for (String path : withHelm()) {
            RunResult result = run(root, path);
            assertEquals(List.of(CANARY + ": passed", PRODUCTION + ": passed"), told(result));
            assertEquals("passed", result.outcome());
            assertEquals("validated", result.phase());
        }
    }

    @Test
    void withoutHelmRenderingIsToldToBeSkipped() {
        RunResult result = run(overlay(OverlayTest.forgejo("gateway-api", "v11.0.1")), "/nowhere");
        String why = ": skipped, program \"helm\" was not found; " + Installation.OF_HELM;
        assertEquals(List.of(CANARY + why, PRODUCTION + why), told(result));
        assertEquals("passed", result.outcome());
    }

    @Test
    void aWrappedChartIsRenderedOnceTheUpstreamsIsThereAndUntilThenItIsToldHow() throws IOException {
        Path root = overlay(wrapping());
        Path charts = root.resolve("chart/charts");
        List<String> paths = withHelm();
        String why = ": failed, a chart that it depends on is missing in charts/; "
                + "run in its directory: helm dependency update";
        for (String path : paths) {
            assertEquals(List.of(CANARY + why, PRODUCTION + why), told(run(root, path)));
        }
        copy(UPSTREAM, charts.resolve("sample-upstream"));
        for (String path : paths) {
            assertEquals(List.of(CANARY + ": passed", PRODUCTION + ": passed"), told(run(root, path)));
        }
    }

    /** Helm itself renders what is there without a word. */
    @Test
    void anotherVersionOfTheWrappedChartThanTheOneThatIsNamedFails() throws IOException {
        Path root = overlay(wrapping());
        String path = withHelm().getFirst();
        copy(UPSTREAM, root.resolve("chart/charts/sample-upstream-4.5.5.tgz"));
        assertEquals("failed", run(root, path).outcome());
        Files.move(
                root.resolve("chart/charts/sample-upstream-4.5.5.tgz"), root.resolve("chart/charts/sample-upstream"));
        assertEquals("passed", run(root, path).outcome());
    }

    @Test
    void anImageThatTheValuesDoNotNameFails() throws IOException {
        Path root = overlay(OverlayTest.forgejo("none", "v11.0.1"));
        Path values = root.resolve("values/base.yaml");
        Files.writeString(values, Files.readString(values).replace("forgejo/forgejo\"", "forgejo/other\""));
        assertEquals("failed", run(root, "/usr/bin:/bin").outcome());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(file, target);
            }
        }
    }
}
