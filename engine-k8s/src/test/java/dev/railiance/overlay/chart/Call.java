package dev.railiance.overlay.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.helm.RealHelm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a real program answered. */
record Call(int exitCode, String output, String errors) {

    /** Helm 3, and Helm 4 where the environment names it. */
    static List<Path> helms(Path scratch) throws IOException {
        List<Path> found = new ArrayList<>();
        RealHelm.three().ifPresent(bin -> found.add(bin.resolve("helm")));
        RealHelm.four(scratch).ifPresent(bin -> found.add(bin.resolve("helm")));
        return found;
    }

    static Call of(List<String> argv) throws IOException, InterruptedException {
        return of(argv, Map.of());
    }

    static Call of(List<String> argv, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = Files.createTempFile("call", ".out");
        Path errors = Files.createTempFile("call", ".err");
        try {
            var builder =
                    new ProcessBuilder(argv).redirectOutput(output.toFile()).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(argv.getFirst() + " did not end within 120 s");
            }
            return new Call(process.exitValue(), Files.readString(output), Files.readString(errors));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    /** This, where it went well; else the test fails with what was said. */
    Call accepted() {
        assertEquals(0, exitCode, () -> output + errors);
        return this;
    }
}
