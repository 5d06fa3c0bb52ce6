package dev.railiance.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.effect.ChartRenderer.Availability;
import dev.railiance.effect.ChartRenderer.Chart;
import dev.railiance.effect.ChartRenderer.Rendering;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessTrees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelmChartRendererTest {

    private static final String VERSION = "if [ \"$1\" = version ]; then echo v4.0.0; exit 0; fi; ";

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private final OutputSink diagnostics = (stream, bytes, length) -> {
        synchronized (printed) {
            printed.write(bytes, 0, length);
        }
    };

    @AfterEach
    void close() {
        processes.close();
    }

    private HelmChartRenderer on(Path bin) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", bin + ":/usr/bin:/bin");
        environment.put(
                "HOME", Files.createDirectories(directory.resolve("home")).toString());
        environment.put("TMPDIR", directory.toString());
        environment.put("HELM_PLUGINS", directory.resolve("hostile-plugins").toString());
        return new HelmChartRenderer(processes, environment);
    }

    /** A program called helm with this shell script for its doing. */
    private HelmChartRenderer fake(String script) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("fake"));
        Path helm = Files.writeString(bin.resolve("helm"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(helm, PosixFilePermissions.fromString("rwxr-xr-x"));
        return on(bin);
    }

    private Path write(String path, String content) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private Path chart(String template) throws IOException {
        write("chart/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        write("chart/values.yaml", "colour: red\n");
        write("chart/templates/map.yaml", template);
        return directory.resolve("chart");
    }

    private Rendering render(HelmChartRenderer helm, Path chart, Path... values) {
        return helm.render(new Chart(chart, List.of(values), Duration.ofSeconds(30)), new Cancellation(), diagnostics);
    }

    private static final String GOOD = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: {{ .Release.Name }}
            data:
              colour: {{ required "no colour" .Values.colour }}
              secret: s3cr3t-in-manifest
            """;

    /** What holds for both: the point of one adapter for two majors. */
    private void assertWorks(HelmChartRenderer helm, int major) throws IOException {
        var available = assertInstanceOf(Availability.Available.class, helm.availability(new Cancellation()));
        assertTrue(available.version().startsWith(major + "."), available.version());

        Path chart = chart(GOOD);
        Path none = write("values/no,ne \"q\".yaml", "colour: null\n");
        Path blue = write("values/-blue.yaml", "colour: blue\n");
        assertEquals(new Rendering.Rendered(), render(helm, chart));
        assertEquals(new Rendering.Rendered(), render(helm, chart, none, blue));
        assertFalse(text().contains("s3cr3t-in-manifest"));

        var refused = new Rendering.Refused("helm template ended with exit code 1");
        assertEquals(refused, render(helm, chart, blue, none));
        assertTrue(text().contains("no colour"), "Helm's own words are for the person at the terminal");
        assertEquals(refused, render(helm, chart("{{ nonsense")));
        assertEquals(refused, render(helm, chart("a: b: c\n- d")));
        assertEquals(refused, render(helm, Files.createDirectories(directory.resolve("empty"))));
        assertEquals(
                new Rendering.Refused("helm template rendered no manifest"),
                render(helm, chart("{{ if false }}kind: X{{ end }}")));
        write("values/broken.yaml", "a: [");
        assertEquals(refused, render(helm, chart(GOOD), directory.resolve("values/broken.yaml")));

        try (Stream<Path> home = Files.list(directory.resolve("home"))) {
            assertEquals(0, home.count(), "nothing is written to the user's home");
        }
    }

    private String text() {
        synchronized (printed) {
            return printed.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void helm3RendersGoodChartsAndRefusesBadOnes() throws IOException {
        Optional<Path> bin = RealHelm.three();
        assumeTrue(bin.isPresent(), "the Helm 3 that the build brings runs on linux/amd64 only");
        assertWorks(on(bin.get()), 3);
    }

    @Test
    void helm4RendersGoodChartsAndRefusesBadOnes() throws IOException {
        Optional<Path> bin = RealHelm.four(directory);
        assumeTrue(bin.isPresent(), "RAILIANCE_TEST_HELM4 does not name a Helm 4 program");
        assertWorks(on(bin.get()), 4);
    }

    @Test
    void noHelmOnPathIsMissing() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("nothing"));
        var helm = new HelmChartRenderer(processes, Map.of("PATH", bin.toString()));
        assertEquals(new Availability.Missing(), helm.availability(new Cancellation()));
        assertEquals(new Rendering.Missing(), render(helm, chart(GOOD)));
    }

    @Test
    void aHelmThatCannotTellItsVersionIsUnusable() throws IOException {
        assertEquals(
                new Availability.Unusable("helm version ended with exit code 3"),
                fake("echo v3.1.2; exit 3").availability(new Cancellation()));
        assertEquals(
                new Availability.Unusable("helm version told no version"),
                fake("echo s3cr3t").availability(new Cancellation()));
        assertEquals(
                new Availability.Unusable("helm is version 2.17.0, needed is 3 or 4"),
                fake("echo v2.17.0").availability(new Cancellation()));
        assertEquals(
                new Availability.Available("4.0.0-rc.1"),
                fake("echo v4.0.0-rc.1+g123; echo WARNING >&2").availability(new Cancellation()));
    }

    @Test
    void aHelmThatHangsIsStoppedAtTheTimeLimit() throws IOException {
        var helm = fake(VERSION + "trap '' TERM; while :; do sleep 1; done");
        var chart = new Chart(chart(GOOD), List.of(), Duration.ofMillis(300));
        assertTimeout(
                Duration.ofSeconds(5),
                () -> assertEquals(
                        new Rendering.Errored("helm template did not end within 300 ms"),
                        helm.render(chart, new Cancellation(), diagnostics)));
    }

    @Test
    void aHelmThatFloodsRendersNothing() throws IOException {
        var helm = fake(VERSION + "head -c 300000000 /dev/zero");
        assertEquals(new Rendering.Refused("helm template rendered no manifest"), render(helm, chart(GOOD)));
        assertEquals("", text());
    }

    @Test
    void warningsDoNoHarm() throws IOException {
        var helm =
                fake(VERSION + "echo 'WARNING: kube config is readable' >&2; echo 'apiVersion: v1'; echo 'kind: Pod'");
        assertEquals(new Rendering.Rendered(), render(helm, chart(GOOD)));
        assertEquals("WARNING: kube config is readable\n", text());
    }

    @Test
    void anErrorOnStdoutWithExitCode0IsNoManifest() throws IOException {
        var helm = fake(VERSION + "echo 'Error: kind of broken, apiVersion unknown'");
        assertEquals(new Rendering.Refused("helm template rendered no manifest"), render(helm, chart(GOOD)));
    }

    @Test
    void manifestsMayBeJson() throws IOException {
        var helm = fake(VERSION + "echo '{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}'");
        assertEquals(new Rendering.Rendered(), render(helm, chart(GOOD)));
    }

    @Test
    void itsEnvironmentIsItsOwn() throws IOException {
        var helm = fake(VERSION + "env > " + directory + "/seen; ls -A \"$HOME\" > " + directory + "/listed");
        var unused = render(helm, chart(GOOD));
        List<String> names = Files.readAllLines(directory.resolve("seen")).stream()
                .map(line -> line.substring(0, Math.max(0, line.indexOf('='))))
                .filter(name -> name.startsWith("HELM") || name.startsWith("KUBE"))
                .sorted()
                .toList();
        assertEquals(
                List.of("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME", "HELM_PLUGINS", "KUBECONFIG"), names);
        assertFalse(Files.readString(directory.resolve("seen")).contains("hostile-plugins"));
        assertEquals("", Files.readString(directory.resolve("listed")));
    }

    @Test
    void anInterruptionStopsIt() throws IOException {
        var helm = fake(VERSION + "touch " + directory + "/begun; exec sleep 300");
        Path chart = chart(GOOD);
        var cancellation = new Cancellation();
        Thread.ofPlatform().start(() -> {
            while (!Files.exists(directory.resolve("begun"))) {
                Thread.onSpinWait();
            }
            cancellation.cancel();
        });
        assertTimeout(
                Duration.ofSeconds(5),
                () -> assertEquals(
                        new Rendering.Errored("interrupted"),
                        helm.render(new Chart(chart, List.of(), Duration.ofMinutes(5)), cancellation, diagnostics)));
    }
}
