package dev.railiance.helm;

import java.nio.file.Path;
import java.util.List;

/** Values files as arguments, in their order. */
final class HelmValuesFiles {

    private HelmValuesFiles() {}

    static List<String> arguments(List<Path> values) {
        return values.stream()
                .map(path -> "--values=" + quoted(path.toString()))
                .toList();
    }

    /** Helm reads the option as a line of comma-separated values. */
    private static String quoted(String path) {
        return path.matches("[-A-Za-z0-9_./@+]*") ? path : '"' + path.replace("\"", "\"\"") + '"';
    }
}
