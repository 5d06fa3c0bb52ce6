package dev.railiance.audit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** What a person would type who has no Railiance. */
final class Shell {

    private final Path directory;

    Shell(Path directory) {
        this.directory = directory;
    }

    /** Skips the test where a tool is missing, and says so. */
    static void needs(String... tools) {
        for (String tool : tools) {
            boolean there = List.of(System.getenv("PATH").split(":")).stream()
                    .anyMatch(part -> Files.isExecutable(Path.of(part, tool)));
            Assumptions.assumeTrue(there, tool + " is not installed here");
        }
    }

    /** Runs a script; says whether it ended well, and puts what it printed into {@code printed}. */
    boolean succeeds(String script, StringBuilder printed) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "shell", ".out");
        Process process = new ProcessBuilder("sh", "-euc", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), script);
        printed.append(Files.readString(out, StandardCharsets.UTF_8));
        Files.delete(out);
        return process.exitValue() == 0;
    }

    /** Runs a script that must end well, and answers what it printed. */
    String run(String script) throws IOException, InterruptedException {
        var printed = new StringBuilder();
        assertTrue(succeeds(script, printed), printed::toString);
        return printed.toString();
    }
}
