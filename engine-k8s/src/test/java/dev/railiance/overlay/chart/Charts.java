package dev.railiance.overlay.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The template's charts, and upstream charts that one of them is laid around. */
final class Charts {

    static final Path TEMPLATE = Path.of("src/main/resources/dev/railiance/overlay/template");
    static final Path RESOURCES = Path.of("src/test/resources/dev/railiance/overlay/chart");
    static final Path PLAIN = TEMPLATE.resolve("chart");
    static final Path UPSTREAM = RESOURCES.resolve("upstream");
    static final Path PODINFO = RESOURCES.resolve("podinfo");

    /** What an overlay around an upstream chart has in its values instead. */
    static final Path WRAPPED_VALUES = TEMPLATE.resolveSibling("wrapped/values");

    private Charts() {}

    /** The wrapped chart in a directory of its own, its dependency not there yet. */
    static Path wrapped(Path scratch, String repository) throws IOException {
        Path chart = scratch.resolve("wrapped");
        copy(TEMPLATE.resolve("wrapped-chart"), chart);
        Path declaration = chart.resolve("Chart.yaml");
        Files.writeString(
                declaration, Files.readString(declaration).replace("https://charts.example.org/sample", repository));
        return chart;
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
