package dev.railiance.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.contract.Check;
import dev.railiance.contract.Stage1;
import dev.railiance.effect.ChartRenderer;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessTrees;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.stage1.LocalValidation;
import dev.railiance.stage1.ValidationListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The helm-render check of a contract, from Stage 1 to the real Helm and back. */
class RenderingInStage1Test {

    private static final String MISSING =
            "program \"helm\" was not found; " + "install Helm 3.13 or newer: https://helm.sh/docs/intro/install/";

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @BeforeEach
    void writeChart() throws IOException {
        Files.createDirectories(directory.resolve("chart/templates"));
        Files.writeString(directory.resolve("chart/Chart.yaml"), "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        Files.writeString(
                directory.resolve("chart/templates/map.yaml"),
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {x: {{ required \"no x\" .Values.x }}}\n");
        Files.writeString(directory.resolve("stage2.yaml"), "x: y\n");
    }

    @AfterEach
    void close() {
        processes.close();
    }

    private static Check.HelmRender check(boolean optional, String chart, String... values) {
        return new Check.HelmRender("chart", Duration.ofSeconds(30), optional, chart, List.of(values));
    }

    private ValidationReport validate(String path, Check... checks) {
        Map<String, String> environment = Map.of("PATH", path);
        Optional<ChartRenderer> renderer = Optional.of(new HelmChartRenderer(processes, environment));
        return new LocalValidation(processes, renderer, environment, System::nanoTime)
                .validate(
                        directory,
                        new Stage1(List.of(), Optional.empty(), Arrays.asList(checks), List.of()),
                        new Cancellation(),
                        ValidationListener.NONE,
                        OutputSink.NONE);
    }

    private static List<String> told(ValidationReport report) {
        return report.steps().stream()
                .map(step ->
                        step.name() + " " + step.verdict() + " " + step.reason().orElse(""))
                .toList();
    }

    @Test
    void passesAndTellsTheVersionOfHelm() throws IOException {
        Optional<Path> bin = RealHelm.three();
        assumeTrue(bin.isPresent(), "the Helm 3 that the build brings runs on linux/amd64 only");
        String path = bin.get() + ":/usr/bin:/bin";
        ValidationReport report =
                validate(path, check(false, "chart", "stage2.yaml"), check(false, "chart"), check(true, "nowhere"));
        assertEquals(
                List.of(
                        "prerequisites PASSED ",
                        "chart PASSED ",
                        "chart FAILED helm template ended with exit code 1",
                        "chart FAILED no chart directory \"nowhere\" in the repository"),
                told(report));
        assertEquals(Map.of("helm", "3.17.2"), report.tools());
    }

    @Test
    void isSkippedWithoutHelmWhereItIsOptional() {
        ValidationReport report = validate("/nowhere", check(true, "chart", "stage2.yaml"));
        assertEquals(List.of("prerequisites PASSED ", "chart SKIPPED " + MISSING), told(report));
        assertFalse(report.tools().containsKey("helm"));
    }

    @Test
    void isErroredBeforeAnythingRunsWithoutHelmWhereItIsNot() {
        ValidationReport report = validate("/nowhere", check(true, "chart"), check(false, "chart"));
        assertEquals(List.of("prerequisites ERRORED " + MISSING), told(report));
    }
}
